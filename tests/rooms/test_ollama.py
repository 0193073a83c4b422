"""Vectors and answers from Ollama, against a server of its shape; and what is said when it fails."""

from __future__ import annotations

import json
import socket
import time
from collections.abc import Iterator

import numpy as np
import pytest

from resonance.adapters.ollama import OllamaEmbedder, OllamaReader
from resonance.adapters.ollama.client import ATTEMPTS, OllamaClient
from resonance.core.errors import Unavailable
from resonance.search.meaning.asking import Embedders
from resonance.search.meaning.ports import TrackDocument
from tests.fixtures.ollama import OllamaServer, Scripted

NOMIC, GEMMA, MINI, CHAT = "nomic-embed-text", "embeddinggemma", "all-minilm", "llama3.2"
RAIN = TrackDocument("a" * 22, title="Quiet rain on a piano", artist="Ada")
NOISE = TrackDocument("b" * 22, title="Hammer of iron", artist="Bob", genres=("Metal",))


@pytest.fixture
def server() -> Iterator[OllamaServer]:
    models: dict[str, int | str] = {
        f"{NOMIC}:latest": 768,
        f"{MINI}:22m": 384,
        f"{CHAT}:latest": '{"happy": 1}',
    }
    with OllamaServer(models) as made:
        yield made


@pytest.fixture
def client(server: OllamaServer) -> Iterator[OllamaClient]:
    waits: list[float] = []
    made = OllamaClient(server.url, sleep=waits.append, quick_s=2.0, slow_s=2.0)
    yield made
    made.close()


def test_tracks_and_questions_meet_in_one_space(server: OllamaServer, client: OllamaClient) -> None:
    embedder = OllamaEmbedder(client, NOMIC)
    space = embedder.space()
    assert (space.name, space.dimensions, space.label) == (f"words:{NOMIC}", 384, f"Ollama: {NOMIC}")
    assert space.version.startswith(server.digests[f"{NOMIC}:latest"][:16])
    tracks = embedder.embed_documents([RAIN, NOISE])
    query = embedder.embed_query("quiet rain piano")
    assert tracks.shape == (2, 384) and tracks.dtype == query.dtype == np.float32
    np.testing.assert_allclose(np.linalg.norm([*tracks, query], axis=1), 1.0, rtol=1e-5)
    assert tracks[0] @ query > tracks[1] @ query
    asked = [entry.body for entry in server.asked if entry.path == "/api/embed"]
    assert asked[-2]["input"][0].startswith("search_document: Quiet rain on a piano by Ada")
    assert asked[-1]["input"] == ["search_query: quiet rain piano"]
    assert all(body["truncate"] and body["keep_alive"] and "dimensions" not in body for body in asked)
    whole = np.array(
        client.embed(NOMIC, ["search_query: quiet rain piano"], dimensions=None, patient=False)[0]
    )
    cut = (whole - whole.mean())[:384]  # its card: normalised as a layer, then cut
    np.testing.assert_allclose(query, cut / np.linalg.norm(cut), atol=1e-5)


def test_many_tracks_go_in_batches_and_keep_their_order(server: OllamaServer, client: OllamaClient) -> None:
    embedder = OllamaEmbedder(client, f"{MINI}:22m")
    tracks = [TrackDocument(f"{number:022d}", title=f"number {number}") for number in range(70)]
    made = embedder.embed_documents(tracks)
    sizes = [len(entry.body["input"]) for entry in server.asked if entry.path == "/api/embed"]
    assert sizes == [1, 32, 32, 6]
    assert "dimensions" not in server.asked[-1].body, "not every model may be cut"
    assert [int(np.argmax(made @ embedder.embed_query(f"number {n}"))) for n in (0, 33, 69)] == [0, 33, 69]
    assert embedder.embed_documents([]).shape == (0, 384)


@pytest.mark.parametrize("cuts", [True, False])
def test_an_older_server_is_cut_here(cuts: bool) -> None:
    with OllamaServer({f"{GEMMA}:latest": 768}, cuts=cuts) as server:
        client = OllamaClient(server.url)
        made = OllamaEmbedder(client, GEMMA).embed_query("x y z")
        assert made.shape == (256,) and np.linalg.norm(made) == pytest.approx(1.0, abs=1e-5)
        assert server.asked[0].body["dimensions"] == 256
        client.close()


def test_a_model_that_is_pulled_anew_is_another_space(server: OllamaServer, client: OllamaClient) -> None:
    now = 1000.0
    embedder = OllamaEmbedder(client, NOMIC, clock=lambda: now)
    first = embedder.space()
    server.digests[f"{NOMIC}:latest"] = "f" * 64
    before = len(server.asked)
    assert embedder.space() == first and len(server.asked) == before
    now += 3600
    assert embedder.space().version != first.version
    server.models[f"{NOMIC}:latest"] = 256
    with pytest.raises(Unavailable, match="has changed"):
        embedder.embed_query("x")
    assert embedder.space().dimensions == 256


def test_a_missing_model_is_named(server: OllamaServer, client: OllamaClient) -> None:
    with pytest.raises(Unavailable, match="ollama pull bge-m3"):
        OllamaEmbedder(client, "bge-m3").space()
    del server.models[f"{NOMIC}:latest"]
    with pytest.raises(Unavailable, match=f"ollama pull {NOMIC}"):
        OllamaEmbedder(client, NOMIC).embed_query("x")
    with pytest.raises(Unavailable, match="does not support embeddings"):
        OllamaEmbedder(client, CHAT).space()


@pytest.mark.parametrize(
    "answer",
    [
        Scripted(200, b"<html>"),
        Scripted(200, b"[]"),
        Scripted(200, b"{}"),
        Scripted(200, b'{"embeddings": [[1, 2], [3, 4]]}'),
        Scripted(200, b'{"embeddings": [["a", "b"]]}'),
        Scripted(200, b'{"embeddings": [[]]}'),
        Scripted(200, b'{"embeddings": [[1, NaN]]}'),
        Scripted(200, b'{"embeddings": ["x"]}'),
        Scripted(200, b"[" * 100_000),
        Scripted(400, b'{"error": "invalid input type"}'),
        Scripted(400, b"oops"),
        Scripted(500, b'{"error": "the model failed to generate a response"}'),
        Scripted(None),
    ],
)
def test_nonsense_is_unavailable(server: OllamaServer, client: OllamaClient, answer: Scripted) -> None:
    server.script = [answer]
    with pytest.raises(Unavailable):
        OllamaEmbedder(client, NOMIC).embed_query("x")
    assert len(server.asked) == 1, "somebody waits: not asked again"


def test_work_in_the_background_is_tried_again(server: OllamaServer, client: OllamaClient) -> None:
    embedder = OllamaEmbedder(client, NOMIC)
    embedder.space()
    server.asked.clear()
    server.script = [Scripted(500), Scripted(None)]
    assert embedder.embed_documents([RAIN]).shape == (1, 384)
    assert len(server.asked) == 3
    server.script = [Scripted(503)] * ATTEMPTS
    with pytest.raises(Unavailable):
        embedder.embed_documents([RAIN])
    assert server.script == []


def test_a_slow_or_absent_server_is_given_up(server: OllamaServer) -> None:
    client = OllamaClient(server.url, quick_s=0.3)
    server.script = [Scripted(wait_s=1.5)]
    started = time.monotonic()
    with pytest.raises(Unavailable):
        OllamaEmbedder(client, NOMIC).embed_query("x")
    assert time.monotonic() - started < 1.4, "before the answer came"
    client.close()
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        nobody = OllamaClient(f"http://127.0.0.1:{closed.getsockname()[1]}")
        with pytest.raises(Unavailable):
            OllamaEmbedder(nobody, NOMIC).space()
        nobody.close()


def test_the_built_in_embedder_answers_instead(server: OllamaServer, client: OllamaClient) -> None:
    embedders = Embedders(OllamaEmbedder(client, NOMIC), retry_s=0.0)
    asked = embedders.ask("quiet rain")
    assert asked.answered.embedder == f"Ollama: {NOMIC}" and asked.vector is not None
    server.script = [Scripted(500)]
    fallen = embedders.ask("quiet rain")
    assert fallen.answered.embedder == "built-in" and fallen.answered.fallback == "Ollama does not answer."


def test_a_language_model_reads(server: OllamaServer, client: OllamaClient) -> None:
    reader = OllamaReader(client, CHAT)
    schema = {"type": "object"}
    assert json.loads(reader.answer("Label it.", "Title: x", schema)) == {"happy": 1}
    body = server.asked[-1].body
    assert (body["stream"], body["format"], body["options"]["temperature"]) == (False, schema, 0)
    assert [message["role"] for message in body["messages"]] == ["system", "user"]
    server.script = [Scripted(200, b'{"message": {"content": 5}}')]
    with pytest.raises(Unavailable):
        reader.answer("", "", schema)
