"""Whatever one sends, the answer is an envelope and never a crash."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import quote_from_bytes
from xml.etree import ElementTree

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from resonance.api.subsonic.params import MAX_INT, Params, as_number
from resonance.api.subsonic.routes import PUBLIC, ROUTES
from tests.api.subsonic.conftest import Server

NAMES = [
    "id",
    "albumId",
    "artistId",
    "playlistId",
    "songId",
    "songIdToAdd",
    "songIndexToRemove",
    "name",
    "query",
    "type",
    "size",
    "offset",
    "count",
    "fromYear",
    "toYear",
    "genre",
    "musicFolderId",
    "artist",
    "title",
    "rating",
    "submission",
    "time",
    "current",
    "position",
    "currentIndex",
    "username",
    "ifModifiedSince",
    "artistCount",
    "artistOffset",
    "albumCount",
    "albumOffset",
    "songCount",
    "songOffset",
    "format",
    "maxBitRate",
    "timeOffset",
    "public",
    "comment",
    "f",
    "callback",
    "v",
    "c",
    "includeNotPresent",
    "estimateContentLength",
]
TYPES = ["random", "newest", "byYear", "byGenre", "starred", "frequent", "highest", "recent"]
JUNK = [
    "",
    "0",
    "-1",
    "1",
    "2",
    "501",
    "99999999999999999999",
    "-9223372036854775809",
    "1e309",
    "NaN",
    "9" * 5000,
    "١٢",
    "true",
    '""',
    "' OR 1=1 --",
    "../../etc/passwd",
    "%",
    "\x00",
    "\ud83c\udf1a".encode("utf-16", "surrogatepass").decode("utf-16"),
    "a" * 3000,
    "json",
    "jsonp",
    *TYPES,
]
BYTES = st.one_of(
    st.sampled_from(JUNK).map(str.encode), st.binary(max_size=12), st.text(max_size=8).map(str.encode)
)


@pytest.mark.parametrize("method", sorted({*ROUTES, *PUBLIC}))
def test_every_method_survives_anything(server: Server, method: str) -> None:
    ids = [server.seeded[name].encode() for name in ("hunter", "song", "help", "bjork", "cover", "gone")]
    pairs = st.tuples(st.sampled_from(NAMES), st.one_of(BYTES, st.sampled_from(ids)))

    @settings(
        max_examples=25 if server.services.db.is_sqlite else 10,
        deadline=None,
        derandomize=True,
        suppress_health_check=[HealthCheck.function_scoped_fixture],
        database=None,
    )
    @given(st.lists(pairs, max_size=8), st.booleans())
    def run(params: list[tuple[str, bytes]], post: bool) -> None:
        login = "&".join(f"{name}={value}" for name, value in server.ada.login().items())
        query = "&".join([login, *(f"{name}={quote_from_bytes(value)}" for name, value in params)])
        if post:
            form = {"Content-Type": "application/x-www-form-urlencoded"}
            answer = server.client.post(f"/rest/{method}", content=query.encode(), headers=form)
        else:
            answer = server.client.get(f"/rest/{method}?{query}")
        assert answer.status_code < 500 or (answer.status_code == 501 and ROUTES[method]), answer.text
        check(answer)

    run()


def check(answer: Any) -> None:
    """An envelope, or the bytes of a song or a picture."""
    kind = answer.headers["content-type"].partition(";")[0]
    if kind == "application/json":
        inside = json.loads(answer.content)["subsonic-response"]
        assert inside["status"] == ("failed" if "error" in inside else "ok")
    elif kind == "application/javascript":
        assert answer.text.startswith("/**/")
    elif kind == "application/xml":
        assert ElementTree.fromstring(answer.content).get("status") in ("ok", "failed")
    else:
        assert kind.startswith(("audio/", "image/")), kind


@given(st.text())
def test_numbers_are_numbers_or_nothing(text: str) -> None:
    number = as_number(text)
    assert number is None or -MAX_INT <= number <= MAX_INT


@given(st.integers())
def test_numbers_are_bounded(number: int) -> None:
    assert as_number(str(number)) == min(max(number, -MAX_INT), MAX_INT)
    assert 0 <= Params([("size", str(number))]).number("size", 10, high=500) <= 500
