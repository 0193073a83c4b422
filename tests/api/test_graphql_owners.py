"""Whatever belongs to somebody is for nobody else, in GraphQL too: every root field that takes an id."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from graphql import GraphQLInputObjectType, build_schema, get_named_type

from resonance.api.graphql.schema import printed
from tests.api.belongings import API, RULE, Belongings, belongings, server
from tests.api.conftest import Client

__all__ = ["belongings", "server"]

# What Carl asks with the ids of Berta's things in place of $names; `own` ones are his.
PERSONAL = """
playlist(id: $playlist) { name entries { id } }
playlistRule(id: $smart) { sentence }
playlistNsp(id: $smart)
playlistFile(id: $playlist) { path }
alreadyInPlaylist(id: $playlist, trackIds: [$track])
exportAddress(kind: PLAYLIST, id: $playlist, format: "m3u8")
exportAddress(kind: SET, id: $set, format: "m3u8")
importReport(id: $report) { name }
importEntries(id: $report, state: ALL) { total }
djSet(id: $set) { name slots { trackId } }
setRun(runId: $run) { state }
slotAlternatives(id: $set, position: 0) { score }
jointMends(id: $set, position: 0) { kind }
mixesWell(id: $track, among: "playlist:$playlist") { note }
mixesWell(id: $track, among: "set:$set") { note }

changePlaylist(id: $playlist, name: "Mine", public: true) { name }
addToPlaylist(id: $playlist, trackIds: [$track]) { name }
removeFromPlaylist(id: $playlist, entryIds: [$entry]) { name }
moveInPlaylist(id: $playlist, entryIds: [$entry]) { name }
replacePlaylist(id: $playlist, trackIds: []) { name }
duplicatePlaylist(id: $playlist) { name }
deletePlaylist(id: $playlist)
sortPlaylist(id: $playlist, by: TITLE) { name }
dedupePlaylist(id: $playlist) { name }
undoPlaylistChange(id: $playlist) { name }
removePlaylistCover(id: $playlist) { name }
sharePlaylist(id: $playlist) { secret }
changeShare(id: $share, label: "Mine") { secret }
endShare(id: $share)
createPlaylistFolder(name: "Below hers", parentId: $folder) { id }
renamePlaylistFolder(id: $folder, name: "Mine") { name }
movePlaylistFolder(id: $folder) { folders { name } }
movePlaylistFolder(id: $own_folder, parentId: $folder) { folders { name } }
deletePlaylistFolder(id: $folder) { folders { name } }
putPlaylists(ids: [$playlist]) { folders { name } }
putPlaylists(ids: [$own], folderId: $folder) { folders { name } }
setPlaylistRule(id: $playlist, rule: $rule) { name }
setPlaylistRule(id: $smart, rule: $rule) { name }
refreshPlaylist(id: $smart) { name }
freezePlaylist(id: $smart) { name }
settleImport(id: $report, choices: [{list: 0, number: 1, trackId: $track}]) { open }
forgetImport(id: $report)
createSet(name: "Hers", pool: {kind: PLAYLIST, id: $playlist}) { name }
createSet(name: "Hers", pool: {kind: FOLDER, id: $folder}) { name }
changeSet(id: $set, name: "Mine") { name }
changeSet(id: $own_set, pool: {kind: PLAYLIST, id: $playlist}) { name }
putSetSlots(id: $set, slots: []) { name }
restoreSet(id: $set, toVersion: 1) { name }
deleteSet(id: $set)
arrangeSet(id: $set) { state }
cancelSetRun(runId: $run) { state }
saveSetAsPlaylist(id: $set) { name }
syncMusicServer(id: $server)
changeLink(id: $server, wants: {likes: false}) { name }
"""
# What only admins ask.
FOR_ADMINS = """
job(id: $job) { name }
syncs(serverId: $server) { id }
syncNotes(serverId: $server, runId: $run) { title }
scan(libraryId: $library) { id }
cancelJob(id: $job) { name }
retryJob(id: $job) { name }
startAnalysis(trackIds: [$track]) { state }
changeMusicServer(id: $server, name: "Mine") { name }
checkMappings(id: $server, mappings: []) { tried }
removeMusicServer(id: $server)
cancelSync(id: $server)
partSong(serverId: $server, remoteId: "far")
"""
# What Dora asks, who may hear none of that music.
MUSIC = """
track(id: $track) { title }
artist(id: $artist) { name }
moods(trackId: $track) { mood }
similarTracks(id: $track) { by }
similarArtists(id: $artist) { by }
sonicPath(fromId: $track, toId: $second) { note }
sonicBlend(like: [$track]) { by }
mapPlace(trackId: $track) { x }
cues(trackId: $track) { name }
lyrics(trackId: $track) { source }
mixesWell(id: $track) { note }
joints(pairs: [[$track, $track]]) { score }

rate(kind: TRACK, id: $track, stars: 5)
like(kind: TRACK, ids: [$track])
setTags(trackId: $track, tags: ["mine"])
setNote(trackId: $track, note: "mine")
setMoods(trackId: $track, said: {happy: 1}) { mood }
setCues(trackId: $track, cues: []) { name }
writeLyrics(trackId: $track, text: "mine") { source }
forgetLyrics(trackId: $track) { source }
offsetLyrics(trackId: $track, offsetMs: 10) { source }
findLyrics(trackId: $track) { source }
correctTrack(id: $track, bpm: 120) { state }
reportNowPlaying(trackId: $track)
createPlaylist(name: "Hers", trackIds: [$track]) { name }
addToPlaylist(id: $own, trackIds: [$track]) { name }
replacePlaylist(id: $own, trackIds: [$track]) { name }
createSet(name: "Hers", pool: {kind: TRACKS, trackIds: [$track]}) { name }
"""
# Answered without the ids that are out of sight, as for ids that there are not.
PASSED_OVER = """
tracksByIds(ids: [$track]) { title }
shuffled(trackIds: [$track], seed: 1) { seed }
folder(libraryId: null) { tracks { title } }
albums(artistId: $artist) { items { title } }
tracks(artistId: $artist) { items { title } }
searchTracks(where: {genreId: $artist}) { items { score } }
unlike(kind: TRACK, ids: [$track])
recordPlays(items: [{trackId: $track, startedAt: "2026-01-02T03:04:05Z", playedS: 170}]) { accepted }
"""
# Not asked: Berta's music has no albums; everybody may link an account of their own, and keep a queue of ids
# of which only those in sight are ever read back.
LEFT_OUT = {"album", "similarAlbums", "linkMusicServer", "unlinkMusicServer", "saveQueue"}


def lines(text: str) -> list[str]:
    return [line for line in text.splitlines() if line]


def ask(client: Client, line: str, ids: dict[str, str]) -> dict[str, Any]:
    """The answer to a line; it is a mutation when the schema has it among those."""
    root = re.match(r"\w+", line)
    assert root is not None
    values = {**ids, "rule": RULE}
    filled = re.sub(r"(\w+:)\$(\w+)", lambda found: found[1] + ids[found[2]], line)
    filled = re.sub(r"\$(\w+)", lambda found: _literal(values[found[1]]), filled)
    kind = "mutation" if root[0] in ROOTS["Mutation"] else "query"
    answer = client.post("/graphql", json={"query": f"{kind} {{ {filled} }}"})
    assert answer.status_code == 200, (line, answer.text)
    found: dict[str, Any] = answer.json()
    return found


def _literal(value: Any) -> str:
    """JSON as GraphQL writes it: keys without quotes."""
    return re.sub(r'"(\w+)":', r"\1:", json.dumps(value))


SCHEMA = build_schema(printed())
ROOTS: dict[str, dict[str, Any]] = {
    "Query": SCHEMA.query_type.fields if SCHEMA.query_type else {},
    "Mutation": SCHEMA.mutation_type.fields if SCHEMA.mutation_type else {},
}


def _takes_ids(kind: Any) -> bool:
    named = get_named_type(kind)
    if isinstance(named, GraphQLInputObjectType):
        return any(_takes_ids(field.type) for field in named.fields.values())
    return str(named) == "ID"


def test_every_root_field_that_takes_an_id_is_asked() -> None:
    takes = {
        name
        for fields in ROOTS.values()
        for name, field in fields.items()
        if any(_takes_ids(argument.type) for argument in field.args.values())
    }
    asked = {line.partition("(")[0] for line in lines(PERSONAL + FOR_ADMINS + MUSIC + PASSED_OVER)}
    assert sorted(takes - asked - LEFT_OUT) == []


@pytest.fixture
def ids(belongings: Belongings) -> dict[str, str]:
    """Berta's, and some that Carl and Dora have themselves."""
    carl = belongings.carl
    pool = {"kind": "tracks", "track_ids": [belongings.ids["track"]]}
    own = {
        "own": carl.post(f"{API}/playlists", json={"name": "Carl's"}),
        "own_folder": carl.post(f"{API}/playlist-folders", json={"name": "Carl's"}),
        "own_set": carl.post(f"{API}/sets", json={"name": "Carl's", "pool": pool}),
    }
    return belongings.ids | {name: answer.json()["id"] for name, answer in own.items()}


def refused(client: Client, line: str, ids: dict[str, str], *codes: str) -> str | None:
    """What is wrong with an answer that should have no data and one of these codes."""
    answer = ask(client, line, ids)
    told = [error.get("extensions", {}).get("code") for error in answer.get("errors", [])]
    if not answer["data"] and told and set(told) <= set(codes) and "Berta" not in json.dumps(answer):
        return None
    return f"{line}: {json.dumps(answer)[:300]}"


def test_nobody_else_reads_or_changes_what_berta_has(belongings: Belongings, ids: dict[str, str]) -> None:
    before = belongings.everything()
    wrong = [
        # Taking back is looked up among one's own changes: it says of hers what it says of none.
        refused(belongings.carl, line, ids, "nothing_to_undo" if line.startswith("undo") else "not_found")
        for line in lines(PERSONAL)
    ]
    wrong += [refused(belongings.carl, line, ids, "forbidden") for line in lines(FOR_ADMINS)]
    assert not any(wrong), "\n".join(filter(None, wrong))
    mine = """{ playlists { id name } playlistFolders { folders { name } places { playlistId } }
        shares { id } pastImports { id } djSets { id } linkedServers { linked username report }
        cues(trackId: $track) { name } lyrics(trackId: $track) { source } queue { trackIds }
        plays { items { id } } track(id: $track) { playCount detail { note tags } } }"""
    told = belongings.carl.post(
        "/graphql", json={"query": mine.replace("$track", _literal(ids["track"]))}
    ).json()
    assert "errors" not in told
    text = json.dumps(told)
    assert "Berta" not in text and told["data"]["cues"] == [] and told["data"]["plays"]["items"] == []
    kinds = ("playlist", "smart", "folder", "share", "report", "set", "entry")
    assert [kind for kind in kinds if ids[kind] in text] == []
    assert told["data"]["linkedServers"] == [{"linked": False, "username": None, "report": None}]
    assert belongings.everything() == before


def test_berta_reads_it_herself(belongings: Belongings) -> None:
    """So that what others are told is not for another reason."""
    for line in lines(PERSONAL):
        if line.partition("(")[0] in ROOTS["Query"] and not line.startswith("playlistFile("):
            assert "errors" not in ask(belongings.berta, line, belongings.ids), line


def test_music_out_of_sight_is_not_there(belongings: Belongings, ids: dict[str, str]) -> None:
    before = belongings.everything()
    ids = ids | {"own": belongings.dora.post(f"{API}/playlists", json={"name": "Dora's"}).json()["id"]}
    wrong = [refused(belongings.dora, line, ids, "not_found") for line in lines(MUSIC)]
    assert not any(wrong), "\n".join(filter(None, wrong))
    for line in lines(PASSED_OVER):
        answer = ask(belongings.dora, line, ids)
        (root,) = (answer.get("data") or {"": None}).values()
        assert "errors" not in answer and "title" not in json.dumps(root), (line, answer)
    assert belongings.everything() == before
