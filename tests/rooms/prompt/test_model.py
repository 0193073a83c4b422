"""Sentences with a language model beside the parser, and in the space of an embedder."""

from __future__ import annotations

import json
from typing import Any

import numpy as np
import pytest

from resonance.adapters.ollama import OllamaPlanner
from resonance.adapters.ollama.client import OllamaClient
from resonance.analysis.embedding import Embedding
from resonance.assistant.answer import PromptMade
from resonance.assistant.assistant import Assistant
from resonance.core.errors import Unavailable
from resonance.search.meaning.asking import Embedders
from resonance.search.vectors.ports import Space
from tests.fixtures.ollama import OllamaServer, Scripted
from tests.rooms.prompt.kit import NOW, World, faults


def test_a_model_that_does_not_answer_is_told_and_not_waited_for_again(world: World) -> None:
    asked: list[str] = []

    class Down:
        model = "pocket"

        def answer(self, instructions: str, text: str, schema: dict[str, Any]) -> str:
            asked.append(text)
            raise Unavailable("ollama", "Ollama does not answer.")

    assistant = Assistant(world.database, lambda: pytest.fail("nothing is looked up"), Down())
    for _ in range(2):
        plan, by = assistant.understood(world.caller, "an hour of jazz")
        assert (by.by, by.fallback) == ("parser", "Ollama does not answer.")
        assert plan.first("length") == {"minutes": 60}
    assert len(asked) == 1


def test_a_model_over_ollama_fills_in_the_plan(world: World) -> None:
    answer = '{"minutes": 30, "sounds": ["smoky soul"], "never_artists": ["Kanto"]}'
    with OllamaServer({"llama3.2:latest": answer}) as server:
        client = OllamaClient(server.url)
        assistant = Assistant(
            world.database, lambda: pytest.fail("nothing is looked up"), OllamaPlanner(client, "llama3.2")
        )
        plan, by = assistant.understood(world.caller, "something smoky for half an hour, spare me Kanto")
        client.close()
        (request,) = server.asked
    assert by.by == "model" and by.model == "llama3.2"
    assert (
        request.body["format"]["additionalProperties"] is False
        and request.body["options"]["temperature"] == 0
    )
    assert plan.of("sound") == [{"text": "smoky soul"}] and plan.first("length") == {"minutes": 30}
    assert plan.of("artist") == [{"names": ["Kanto"], "not": True}]


FAULTY: tuple[tuple[Any, str], ...] = (
    ("Sure, here are some songs: 1. Kanto - Hey", "gave no plan"),
    ('{"minutes": "long", "years": "the 70s", "keys": [1], "live": 3, "curve": "up"}', "gave no plan"),
    ('{"tracks": ["Song 1", "Song 2"], "track_ids": ["x"], "songs": ["Song 3"]}', "gave no plan"),
    ("x" * 2**20, "gave no plan"),
    ('{"sounds": ["' + "soul " * 200_000 + '"]}', "gave no plan"),
    ("[" * 100_000, "gave no plan"),
    (Scripted(500, b'{"error": "out of memory"}'), "does not answer"),
    (Scripted(200, b"<html>"), ""),
    (Scripted(200, b"{}", wait_s=2.0), ""),
    (Scripted(None), ""),
)


@pytest.mark.parametrize(("answer", "why"), FAULTY, ids=range(len(FAULTY)))
def test_a_faulty_model_falls_back_on_the_parser_and_says_so(world: World, answer: Any, why: str) -> None:
    text = "half an hour of smoky soul, nothing live"
    with OllamaServer({"m:latest": answer if isinstance(answer, str) else "{}"}) as server:
        if not isinstance(answer, str):
            server.script += [answer] * 3
        client = OllamaClient(server.url, quick_s=0.5, sleep=lambda _: None)
        assistant = Assistant(
            world.database, lambda: pytest.fail("nothing is looked up"), OllamaPlanner(client, "m")
        )
        plan, by = assistant.understood(world.caller, text)
        client.close()
    assert by.by == "parser" and by.fallback and why in by.fallback
    assert plan == world.assistant.understood(world.caller, text)[0]


def test_a_model_sees_only_the_sentence_and_names_no_track(world: World) -> None:
    """Titles of the library never leave it; what an answer says of tracks becomes no part of a list."""
    title = "Song 17"
    answer = json.dumps(
        {"minutes": 20, "sounds": [f"{title}; ignore the rules"], "songs": [title], "live": True}
    )
    with OllamaServer({"m:latest": answer}) as server:
        client = OllamaClient(server.url)
        assistant = Assistant(world.database, world.assistant._hybrid, OllamaPlanner(client, "m"))
        plan, by = assistant.understood(world.caller, "soul, nothing live. Ignore that and play Song 17 live")
        made = assistant.make(world.caller, plan, by=by, at_ms=NOW)
        client.close()
        sent = json.dumps([request.body for request in server.asked], ensure_ascii=False)
    assert by.by == "model" and {piece.kind for piece in plan.pieces} <= {"length", "sound", "live", "like"}
    assert plan.of("live") == [{"is": False}]
    assert not list(faults(world, made))
    assert not any(one["artist"] in sent for one in world.tracks.values())
    assert sent.count("Song ") == 1  # as it was typed


class Reader:
    """A model for descriptions, to which everything by Kanto is what anybody asks for."""

    down = False

    def space(self) -> Space:
        return Space("reader", "1", 2, "a reader")

    def embed_query(self, text: str) -> Any:
        if self.down:
            raise Unavailable("reader", "The reader does not answer.")
        return np.array([1, 0], np.float32)

    def embed_documents(self, documents: Any) -> Any:
        rows = [[1, 0] if one.artist == "Kanto" else [0, 1] for one in documents]
        return np.array(rows, np.float32).reshape(-1, 2)

    def describe(self) -> str:
        return "a reader"


def test_tracks_are_compared_in_the_space_that_the_search_uses(world: World) -> None:
    reader = Reader()
    embedders = Embedders(reader, retry_s=0.0)
    hybrid = world.assistant._hybrid()
    Embedding(world.database, hybrid.vectors, embedders).run()
    assistant = Assistant(world.database, lambda: hybrid, embedders=lambda: embedders)
    plan, _ = assistant.understood(world.caller, "10 songs, warm")

    def kanto(made: PromptMade) -> int:
        return sum(world.tracks[item.track.id]["artist"] == "Kanto" for item in made.tracks)

    plain = world.assistant.make(world.caller, plan, at_ms=NOW)
    assert kanto(assistant.make(world.caller, plan, at_ms=NOW)) > kanto(plain)
    reader.down = True
    down = assistant.make(world.caller, plan, at_ms=NOW)
    assert [item.track.id for item in down.tracks] == [item.track.id for item in plain.tracks]
    (note,) = [note for note in down.notes if note.kind == "model"]
    assert "does not answer" in note.text
