"""The process that reads tags: jobs come in and answers go out over one socket, as msgpack.

Run as `python -m resonance.library.scanning.parse_worker FD NICE`. It imports nothing but the tag readers, so
that it starts fast, stays small, and may be killed by a hostile file without harm.
"""

from __future__ import annotations

import os
import sys
import time
from multiprocessing.connection import Connection

import msgspec

from resonance.audio import lrc
from resonance.audio.facts import BrokenFile, Lyrics
from resonance.audio.tags import read_file
from resonance.library.scanning.parse_messages import Answer, Job

# Answers are sent together, but never held back longer than this (seconds).
SEND_AFTER = 0.25
SEND_COUNT = 32
MAX_LRC_BYTES = 1 << 20


def read_one(number: int, path: bytes, lrc_path: bytes | None) -> Answer:
    """Read one file; a fault of the file becomes an answer."""
    try:
        facts, payload_id = read_file(path)
        return Answer(number, facts, payload_id, _beside(lrc_path) if lrc_path else None)
    except BrokenFile as fault:
        return Answer(number, reason=fault.reason, detail=fault.detail)
    except Exception as fault:  # noqa: BLE001 - the edge of the process: a parser met what nobody foresaw
        return Answer(number, reason="unreadable", detail=f"{type(fault).__name__}: {fault}"[:300])


def _beside(path: bytes) -> Lyrics | None:
    try:
        with open(path, "rb") as source:
            data = source.read(MAX_LRC_BYTES)
    except OSError:
        return None
    body = _decode(data)
    lines = lrc.parse(body) if lrc.looks_synced(body) else []
    if lines:
        return Lyrics("xxx", True, lrc.write(lines))
    plain = "\n".join(row.strip() for row in body.replace("\0", "").splitlines()).strip()
    return Lyrics("xxx", False, plain[:100_000]) if plain else None


def _decode(data: bytes) -> str:
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return data.decode("utf-16", "replace")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", "replace")


def main(descriptor: int) -> None:
    """Serve jobs until the other side closes."""
    connection = Connection(descriptor)
    encoder, decoder = msgspec.msgpack.Encoder(), msgspec.msgpack.Decoder(Job)
    while True:
        try:
            job = decoder.decode(connection.recv_bytes())
        except EOFError:
            return
        answers: list[Answer] = []
        sent = time.monotonic()
        for number, path, lrc_path in job.files:
            answers.append(read_one(number, path, lrc_path))
            if len(answers) >= SEND_COUNT or time.monotonic() - sent > SEND_AFTER:
                connection.send_bytes(encoder.encode(answers))
                answers, sent = [], time.monotonic()
        if answers:
            connection.send_bytes(encoder.encode(answers))


if __name__ == "__main__":
    os.nice(int(sys.argv[2]))
    main(int(sys.argv[1]))
