"""What REST can do GraphQL can do as well, or there is a reason why not."""

from __future__ import annotations

import re
from collections import Counter

from graphql import GraphQLObjectType, build_schema

from resonance.api.graphql.schema import printed
from tests.api.conftest import Api

# REST operation, and the field of GraphQL that does the same.
SAME = """
GET /server                                          Query.server
GET /me                                              Query.me

GET /albums                                          Query.albums
GET /albums/{album_id}                               Query.album
GET /tracks                                          Query.tracks
POST /tracks/by-ids                                  Query.tracksByIds
GET /tracks/{track_id}                               Query.track
GET /artists                                         Query.artists
GET /artists/{artist_id}                             Query.artist
GET /genres                                          Query.genres
GET /years                                           Query.years
GET /folders                                         Query.folder
GET /home                                            Query.home
GET /search                                          Query.search
GET /search/tracks                                   Query.searchTracks

PUT /tracks/{track_id}/tags                          Mutation.setTags
PUT /tracks/{track_id}/note                          Mutation.setNote
GET /tags                                            Query.tags
PUT /likes/{kind}/{item_id}                          Mutation.like
DELETE /likes/{kind}/{item_id}                       Mutation.unlike
PUT /ratings/{kind}/{item_id}                        Mutation.rate
PUT /tracks/{track_id}/moods                         Mutation.setMoods
POST /plays                                          Mutation.recordPlays
GET /plays                                           Query.plays
GET /now-playing                                     Query.nowPlaying
POST /now-playing                                    Mutation.reportNowPlaying
GET /queue                                           Query.queue
PUT /queue                                           Mutation.saveQueue
POST /queue/order                                    Query.shuffled

GET /tracks/{track_id}/lyrics                        Query.lyrics
PUT /tracks/{track_id}/lyrics                        Mutation.writeLyrics
DELETE /tracks/{track_id}/lyrics                     Mutation.forgetLyrics
PUT /tracks/{track_id}/lyrics/offset                 Mutation.offsetLyrics
POST /tracks/{track_id}/lyrics/find                  Mutation.findLyrics

GET /playlists                                       Query.playlists
POST /playlists                                      Mutation.createPlaylist
GET /playlists/{playlist_id}                         Query.playlist
PATCH /playlists/{playlist_id}                       Mutation.changePlaylist
DELETE /playlists/{playlist_id}                      Mutation.deletePlaylist
POST /playlists/{playlist_id}/entries                Mutation.addToPlaylist
DELETE /playlists/{playlist_id}/entries              Mutation.removeFromPlaylist
PUT /playlists/{playlist_id}/entries                 Mutation.replacePlaylist
POST /playlists/{playlist_id}/move                   Mutation.moveInPlaylist
POST /playlists/{playlist_id}/duplicate              Mutation.duplicatePlaylist
POST /playlists/{playlist_id}/sort                   Mutation.sortPlaylist
POST /playlists/{playlist_id}/dedupe                 Mutation.dedupePlaylist
POST /playlists/{playlist_id}/undo                   Mutation.undoPlaylistChange
POST /playlists/{playlist_id}/already-in             Query.alreadyInPlaylist
DELETE /playlists/{playlist_id}/cover                Mutation.removePlaylistCover
GET /playlist-folders                                Query.playlistFolders
POST /playlist-folders                               Mutation.createPlaylistFolder
POST /playlist-folders/places                        Mutation.putPlaylists
PATCH /playlist-folders/{folder_id}                  Mutation.renamePlaylistFolder
DELETE /playlist-folders/{folder_id}                 Mutation.deletePlaylistFolder
POST /playlist-folders/{folder_id}/move              Mutation.movePlaylistFolder
GET /playlist-files                                  Query.playlistFiles
GET /playlists/{playlist_id}/file                    Query.playlistFile
GET /shares                                          Query.shares
POST /playlists/{playlist_id}/shares                 Mutation.sharePlaylist
PATCH /shares/{share_id}                             Mutation.changeShare
DELETE /shares/{share_id}                            Mutation.endShare

GET /rules/fields                                    Query.ruleFields
GET /rules/suggest                                   Query.ruleSuggestions
POST /rules/preview                                  Query.rulePreview
GET /playlists/{playlist_id}/rule                    Query.playlistRule
PUT /playlists/{playlist_id}/rule                    Mutation.setPlaylistRule
POST /playlists/{playlist_id}/refresh                Mutation.refreshPlaylist
POST /playlists/{playlist_id}/freeze                 Mutation.freezePlaylist
GET /playlists/{playlist_id}/rule.nsp                Query.playlistNsp
POST /playlists/nsp                                  Mutation.importNsp
POST /prompt/plan                                    Query.promptPlan
POST /prompt/make                                    Query.promptList
POST /prompt/save                                    Mutation.savePrompt

GET /exports/formats                                 Query.exchangeFormats
GET /exports/all                                     Query.exportAddress
GET /exports/{kind}/{item_id}                        Query.exportAddress
POST /imports                                        Mutation.importText
GET /imports                                         Query.pastImports
GET /imports/{report_id}                             Query.importReport
GET /imports/{report_id}/entries                     Query.importEntries
POST /imports/{report_id}/choices                    Mutation.settleImport
DELETE /imports/{report_id}                          Mutation.forgetImport
GET /tracks/{track_id}/cues                          Query.cues
PUT /tracks/{track_id}/cues                          Mutation.setCues

GET /sets                                            Query.djSets
POST /sets                                           Mutation.createSet
GET /sets/{set_id}                                   Query.djSet
PATCH /sets/{set_id}                                 Mutation.changeSet
DELETE /sets/{set_id}                                Mutation.deleteSet
PUT /sets/{set_id}/slots                             Mutation.putSetSlots
GET /sets/{set_id}/pool                              DjSet.poolInfo
GET /sets/{set_id}/history                           DjSet.history
POST /sets/{set_id}/restore                          Mutation.restoreSet
POST /sets/{set_id}/playlist                         Mutation.saveSetAsPlaylist
POST /sets/{set_id}/arrange                          Mutation.arrangeSet
GET /sets/runs/{run_id}                              Query.setRun
DELETE /sets/runs/{run_id}                           Mutation.cancelSetRun
GET /sets/{set_id}/slots/{position}/alternatives     Query.slotAlternatives
GET /sets/{set_id}/joints/{position}/swaps           Query.jointMends
GET /tracks/{track_id}/mixes-well                    Query.mixesWell
POST /joints                                         Query.joints

GET /servers                                         Query.musicServers
POST /servers                                        Mutation.addMusicServer
POST /servers/test                                   Mutation.testMusicServer
PATCH /servers/{server_id}                           Mutation.changeMusicServer
DELETE /servers/{server_id}                          Mutation.removeMusicServer
POST /servers/{server_id}/mappings/check             Mutation.checkMappings
POST /servers/{server_id}/sync                       Mutation.syncMusicServer
POST /servers/{server_id}/cancel                     Mutation.cancelSync
GET /servers/{server_id}/runs                        Query.syncs
GET /servers/{server_id}/runs/{run_id}/notes         Query.syncNotes
POST /servers/{server_id}/songs/{remote_id}/part     Mutation.partSong
GET /me/servers                                      Query.linkedServers
PUT /me/servers/{server_id}                          Mutation.linkMusicServer
PATCH /me/servers/{server_id}                        Mutation.changeLink
DELETE /me/servers/{server_id}                       Mutation.unlinkMusicServer
POST /me/servers/{server_id}/sync                    Mutation.syncMusicServer

GET /tracks/{track_id}/similar                       Query.similarTracks
GET /albums/{album_id}/similar                       Query.similarAlbums
GET /artists/{artist_id}/similar                     Query.similarArtists
POST /sonic/path                                     Query.sonicPath
POST /sonic/blend                                    Query.sonicBlend
GET /duplicates                                      Query.duplicates
GET /map                                             Query.musicMap
GET /map/place/{track_id}                            Query.mapPlace
POST /map/draw                                       Mutation.drawMap
GET /analysis                                        Query.analysis
PATCH /analysis                                      Mutation.steerAnalysis
POST /analysis/start                                 Mutation.startAnalysis
GET /analysis/failures                               Query.analysisFailures
GET /tracks/{track_id}/analysis                      Track.analysis
PATCH /tracks/{track_id}/analysis                    Mutation.correctTrack

GET /libraries                                       Query.libraries
POST /libraries/{library_id}/scan                    Mutation.scan
GET /scans/current                                   Query.scans
GET /jobs                                            Query.jobs
GET /jobs/{job_id}                                   Query.job
POST /jobs/{job_id}/cancel                           Mutation.cancelJob
POST /jobs/{job_id}/retry                            Mutation.retryJob
"""

# Reason, and the operations that have none in GraphQL because of it.
WITHOUT = {
    "Bytes: pictures, sound and files are sent as they are, not wrapped in JSON.": """
        GET /artwork/{cover_id}
        GET /artwork/{cover_id}/original
        GET /artist-images/{artist_id}
        GET /playlists/{playlist_id}/cover
        PUT /playlists/{playlist_id}/cover
        GET /seg/{track_id}/{tier}/init
        GET /seg/{track_id}/{tier}/{number}
        GET /tracks/{track_id}/waveform
        GET /stream/{track_id}
        GET /download/{track_id}
        GET /map/points
        POST /exports/tracks
        GET /imports/{report_id}/file
    """,
    "Goes with such bytes: what the player needs for a stream, and what the map's points are.": """
        GET /tracks/{track_id}/playback
        POST /map/tracks
        POST /map/ids
    """,
    "Pages: `tracks` with a cursor gives the ids as well.": """
        GET /tracks/ids
    """,
    "Cookies: whoever has none yet cannot ask GraphQL, and only REST sets them.": """
        POST /setup
        POST /auth/sign-in
        POST /auth/refresh
        POST /auth/sign-out
        POST /auth/sign-up
        GET /auth/oidc/start
        GET /auth/oidc/callback
    """,
    "Links: opened without an account, by a pass in a cookie.": """
        POST /shared/open
        GET /shared/{share_id}/stream/{track_id}
        GET /shared/{share_id}/cover
        GET /shared/{share_id}/covers/{cover_id}
    """,
    "Accounts: passwords, sessions and keys go through one narrow door.": """
        PATCH /me
        GET /me/oidc
        POST /me/oidc
        DELETE /me/oidc
        POST /me/password
        GET /me/sessions
        DELETE /me/sessions
        DELETE /me/sessions/{session_id}
        GET /me/app-passwords
        POST /me/app-passwords
        DELETE /me/app-passwords/{app_password_id}
        GET /me/api-keys
        POST /me/api-keys
        DELETE /me/api-keys/{api_key_id}
        GET /users
        POST /users
        PATCH /users/{user_id}
        DELETE /users/{user_id}
        POST /users/{user_id}/password
        GET /invitations
        POST /invitations
        DELETE /invitations/{invitation_id}
    """,
    "Housekeeping: folders of the machine and what is wrong in them, set up once by an admin.": """
        PATCH /server
        POST /libraries
        POST /libraries/check
        PATCH /libraries/{library_id}
        DELETE /libraries/{library_id}
        GET /scans
        GET /broken-files
        GET /missing-tracks
        POST /missing-tracks/purge
        GET /schedule
    """,
    "The server itself: GraphQL's own door, and what monitoring asks.": """
        POST /graphql
        GET /health
        GET /metrics
    """,
}
# Root fields that are no REST operation of their own: there they are parts of another one.
MORE = {
    "Query.moods": "in GET /tracks/{track_id}/analysis",
    "Mutation.createSmartPlaylist": "POST /playlists with a rule",
}


def rows() -> list[tuple[str, str]]:
    """(REST operation, field) of every line of SAME."""
    return [(" ".join(line.split()[:2]), line.split()[2]) for line in SAME.splitlines() if line]


def without() -> list[str]:
    return [line.strip() for lines in WITHOUT.values() for line in lines.splitlines() if line.strip()]


def fields() -> set[str]:
    """Type.field of everything that GraphQL has."""
    types = build_schema(printed()).type_map.values()
    objects = [each for each in types if isinstance(each, GraphQLObjectType)]
    return {f"{each.name}.{name}" for each in objects for name in each.fields}


def test_every_rest_operation_is_in_graphql_or_has_a_reason(api: Api) -> None:
    there = {
        f"{method.upper()} {path.removeprefix('/api/v1')}"
        for path, operations in api.app.openapi()["paths"].items()
        for method in operations
    }
    listed = Counter([operation for operation, _ in rows()] + without())
    assert sorted(there - set(listed)) == [], "add a field of GraphQL and a row, or a reason"
    assert sorted(set(listed) - there) == [], "these are in the table only"
    assert [operation for operation, count in listed.items() if count > 1] == []


def test_every_field_of_the_table_exists_and_every_root_field_is_in_it() -> None:
    had = fields()
    named = {field for _, field in rows()} | set(MORE)
    assert sorted(named - had) == []
    roots = {field for field in had if re.match(r"(Query|Mutation)\.", field)}
    assert sorted(roots - named) == [], "what GraphQL alone can do is missing in REST"
