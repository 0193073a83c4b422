-- A small household as the eighth schema holds it. Never edited once that schema is released.
INSERT INTO user_account (id, name, name_folded, role, password_hash, preferences, all_libraries, created_at)
VALUES ('U000000000000000000001', 'Ada', 'ada', 'admin', 'x', '{"theme":"dark"}', true, 1700000000000);
INSERT INTO library (id, number, name, kind, path, watch, created_at)
VALUES ('L000000000000000000001', 1, 'Music', 'folder', '/music', true, 1700000000000);
INSERT INTO artist (id, name, name_folded, name_sort, identity, album_count, track_count, added_at)
VALUES ('A000000000000000000001', 'Björk', 'bjork', 'bjork', 'bjork', 1, 1, 1700000000000);
INSERT INTO album (id, library_id, identity, title, title_folded, title_sort, artist_display, artist_sort, track_count,
                   duration_s, added_at, updated_at)
VALUES ('B000000000000000000001', 'L000000000000000000001', 'bjork|post', 'Post', 'post', 'post', 'Björk', 'bjork', 1,
        243.5, 1700000000000, 1700000000000);
INSERT INTO album_artist (album_id, artist_id, position)
VALUES ('B000000000000000000001', 'A000000000000000000001', 0);
INSERT INTO track (id, album_id, title, title_folded, title_sort, artist_display, artist_sort, disc, number,
                   duration_s, added_at, updated_at)
VALUES ('T000000000000000000001', 'B000000000000000000001', 'Army of Me', 'army of me', 'army of me', 'Björk', 'bjork',
        1, 1, 243.5, 1700000000000, 1700000000000);
INSERT INTO carrier (id, track_id, library_id, kind, path, folder, size, mtime_ns, format, codec, duration_s, added_at)
VALUES ('C000000000000000000001', 'T000000000000000000001', 'L000000000000000000001', 'file', 'Post/01.flac', 'Post',
        1000, 1700000000000000000, 'flac', 'flac', 243.5, 1700000000000);
INSERT INTO item_like (user_id, item_kind, item_id, liked_at)
VALUES ('U000000000000000000001', 'track', 'T000000000000000000001', 1700000000000);
INSERT INTO play (id, user_id, track_id, started_at)
VALUES ('P000000000000000000001', 'U000000000000000000001', 'T000000000000000000001', 1700000000000);
INSERT INTO playlist (id, owner_id, name, name_sort, rule, watches, created_at, changed_at)
VALUES ('Y000000000000000000001', 'U000000000000000000001', 'Sunday', 'sunday',
        '{"match":{"all":[{"field":"genre","op":"is","value":"Jazz"}]}}', ' catalogue ', 1700000000000, 1700000000000);
INSERT INTO playlist_entry (id, playlist_id, position, track_id, added_at)
VALUES ('E000000000000000000001', 'Y000000000000000000001', 0, 'T000000000000000000001', 1700000000000);
INSERT INTO sound (carrier_id, etag, samples, sample_rate_hz, channels, encoder_delay, padding, cut, counted,
                   lead_silence_s, trail_silence_s, measured_at)
VALUES ('C000000000000000000001', '3e8-17979cfe362a0000', 10738350, 44100, 2, 0, 0, false, 'decoded', 0.25, 1.5,
        1700000000000);
INSERT INTO lyrics_lookup (track_id, provider, asked_for, outcome, asked_at)
VALUES ('T000000000000000000001', 'lrclib', 'army of me|bjork|post|244', 'found', 1700000000000);
INSERT INTO lyrics (track_id, source, language, synced, body)
VALUES ('T000000000000000000001', 'lrclib', 'xxx', true, '[00:15.10] Stand up');
INSERT INTO own_lyrics (user_id, track_id, body, synced, offset_ms, changed_at)
VALUES ('U000000000000000000001', 'T000000000000000000001', NULL, false, -250, 1700000000000);
INSERT INTO features (track_id, carrier_id, etag, payload_id, analyser, tempo_version, key_version, bpm, bpm_confidence,
                      key_tonic, key_mode, key_strength, key_window, energy, cpu_ms, analysed_at)
VALUES ('T000000000000000000001', 'C000000000000000000001', '3e8-17979cfe362a0000', 'f00d', 'resonance', 1, 1, 110.7,
        0.9, 9, 'minor', 0.8, 'whole', 0.62, 2100, 1700000000000);
INSERT INTO trait (track_id, bpm, bpm_source, key_tonic, key_mode, key_place, key_source, key_confidence, energy)
VALUES ('T000000000000000000001', 55.35, 'user', 9, 'minor', 16, 'measured', 0.8, 0.62);
INSERT INTO analysis_claim (track_id, stage, holder, lease_until, attempts)
VALUES ('T000000000000000000001', 'full', 'a-worker', 1700000000000, 1);
INSERT INTO analysis_policy (id, paused, from_minute, to_minute, changed_at) VALUES (1, false, 60, 360, 1700000000000);
INSERT INTO track_edit (track_id, bpm, user_id, changed_at)
VALUES ('T000000000000000000001', 55.35, 'U000000000000000000001', 1700000000000);
INSERT INTO mood (track_id, mood, source, user_id, value, set_at)
VALUES ('T000000000000000000001', 'aggressive', 'user', 'U000000000000000000001', 0.7, 1700000000000);
INSERT INTO mood_reading (track_id, model, read_at) VALUES ('T000000000000000000001', 'llama3.2', 1700000000000);
INSERT INTO embedding_space (name, version, dimensions, label, changed_at)
VALUES ('timbre', '1', 64, 'timbre', 1700000000000);
INSERT INTO map_point (track_id, x, y, region, layout) VALUES ('T000000000000000000001', 0.5, -0.25, 3, 1);
INSERT INTO map_layout (number, space, version, regions, drawn_at) VALUES (1, 'timbre', '1', '[]', 1700000000000);
INSERT INTO rule_change (seq, kind, track_id) VALUES (1, 'catalogue', 'T000000000000000000001');
INSERT INTO playlist_folder (id, owner_id, name, position, changed_at)
VALUES ('F000000000000000000001', 'U000000000000000000001', 'Evenings', 0, 1700000000000);
INSERT INTO playlist_place (user_id, playlist_id, folder_id, position)
VALUES ('U000000000000000000001', 'Y000000000000000000001', 'F000000000000000000001', 0);
INSERT INTO playlist_step (id, playlist_id, user_id, version_before, version_after, what, body, at)
VALUES ('G000000000000000000001', 'Y000000000000000000001', 'U000000000000000000001', 1, 2, 'removed', '[]', 1700000000000);
INSERT INTO playlist_share (id, owner_id, playlist_id, token_hash, created_at)
VALUES ('S000000000000000000001', 'U000000000000000000001', 'Y000000000000000000001', 'f00d', 1700000000000);
INSERT INTO playlist_file (id, library_id, path, playlist_id, state, size, mtime_ns, read_at)
VALUES ('M000000000000000000001', 'L000000000000000000001', 'Sunday.m3u8', 'Y000000000000000000001', 'followed', 96,
        1700000000000000000, 1700000000000);
INSERT INTO cue (id, user_id, track_id, kind, number, start_s, name, changed_at)
VALUES ('Q000000000000000000001', 'U000000000000000000001', 'T000000000000000000001', 'cue', 1, 12.5, 'Drums',
        1700000000000);
INSERT INTO dj_set (id, owner_id, name, name_sort, document, tracks, created_at, changed_at)
VALUES ('D000000000000000000001', 'U000000000000000000001', 'Friday', 'friday', '{"slots":[]}', 0, 1700000000000,
        1700000000000);
INSERT INTO dj_set_version (set_id, version, change, name, document, tracks, changed_at)
VALUES ('D000000000000000000001', 1, 'made', 'Friday', '{"slots":[]}', 0, 1700000000000);
INSERT INTO remote_server (id, name, kind, url, username, secret, created_at)
VALUES ('R000000000000000000001', 'Attic', 'navidrome', 'https://music.example', 'ada', 'sealed', 1700000000000);
INSERT INTO remote_library (server_id, remote_id, library_id)
VALUES ('R000000000000000000001', '1', 'L000000000000000000001');
INSERT INTO remote_song (carrier_id, server_id, remote_id, path, stamp, changed_at, seen_at)
VALUES ('C000000000000000000001', 'R000000000000000000001', 'song-1', 'Björk/Post/1.mp3', 'f00d',
        '2023-11-14T22:13:20Z', 1700000000000);
INSERT INTO remote_link (id, server_id, user_id, username, secret, created_at)
VALUES ('K000000000000000000001', 'R000000000000000000001', 'U000000000000000000001', 'ada', 'sealed', 1700000000000);
INSERT INTO remote_link_library (link_id, library_id) VALUES ('K000000000000000000001', 'L000000000000000000001');
INSERT INTO remote_field (link_id, item_kind, item_id, field, value)
VALUES ('K000000000000000000001', 'track', 'T000000000000000000001', 'like', 1);
INSERT INTO remote_playlist (link_id, remote_id, playlist_id, name, changed_at, songs, version)
VALUES ('K000000000000000000001', 'list-1', 'Y000000000000000000001', 'Sunday', '2023-11-14T22:13:20Z', 'f00d', 1);
INSERT INTO remote_scrobble (link_id, play_id, remote_id, started_at, state)
VALUES ('K000000000000000000001', 'P000000000000000000001', 'song-1', 1700000000000, 'sent');
INSERT INTO remote_run (id, server_id, state, reason, started_at)
VALUES ('N000000000000000000001', 'R000000000000000000001', 'done', 'manual', 1700000000000);
INSERT INTO remote_note (run_id, number, action, title) VALUES ('N000000000000000000001', 1, 'added', 'Army of Me');
