"""Models that somebody supplies, on tiny ones made here: what they give, and what is refused."""

from __future__ import annotations

import hashlib
import json
import wave
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from resonance.adapters import model_manifest
from resonance.adapters.mel import filters, spectrogram
from resonance.adapters.model_manifest import AudioManifest, Mel, TextManifest
from resonance.adapters.onnx_audio import PROMPTS, OnnxAudio
from resonance.adapters.onnx_embedder import OnnxEmbedder
from resonance.audio.ear.features import Unanalysable
from resonance.core.errors import Unavailable
from resonance.search.meaning.ports import TrackDocument

pytest.importorskip("onnxruntime", reason="the extra onnx is not installed")
pytest.importorskip("tokenizers", reason="the extra onnx is not installed")
onnx = pytest.importorskip("onnx", reason="onnx makes the models of these tests")

WORDS = ("[PAD]", "[UNK]", "quiet", "rain", "piano", "metal", "hammer", "low", "high", "tone")
SIDE = 12  # numbers of a vector


def graph(nodes: list[Any], inputs: list[Any], outputs: list[Any], constants: dict[str, Any]) -> bytes:
    held = [onnx.numpy_helper.from_array(np.asarray(value), name) for name, value in constants.items()]
    made = onnx.helper.make_graph(nodes, "tiny", inputs, outputs, held)
    opsets = [onnx.helper.make_opsetid("", 17)]
    model = onnx.helper.make_model(made, opset_imports=opsets, ir_version=9)
    onnx.checker.check_model(model)
    return bytes(model.SerializeToString())


def value(name: str, kind: str, shape: list[Any]) -> Any:
    return onnx.helper.make_tensor_value_info(name, getattr(onnx.TensorProto, kind), shape)


def node(kind: str, inputs: list[str], output: str, **more: Any) -> Any:
    return onnx.helper.make_node(kind, inputs, [output], **more)


def text_model(table: Any) -> bytes:
    """Each token to its row of a table: what a transformer gives, without its thoughts."""
    nodes = [
        node("Gather", ["table", "input_ids"], "gathered"),
        node("Cast", ["attention_mask"], "unused", to=onnx.TensorProto.FLOAT),
        node("Identity", ["gathered"], "last_hidden_state"),
    ]
    inputs = [value(name, "INT64", ["n", "t"]) for name in ("input_ids", "attention_mask")]
    outputs = [value("last_hidden_state", "FLOAT", ["n", "t", table.shape[1]])]
    return graph(nodes, inputs, outputs, {"table": table.astype(np.float32)})


def tokenizer() -> bytes:
    from tokenizers import Tokenizer, models, normalizers, pre_tokenizers

    made = Tokenizer(models.WordLevel({word: at for at, word in enumerate(WORDS)}, unk_token="[UNK]"))
    made.normalizer = normalizers.Lowercase()
    made.pre_tokenizer = pre_tokenizers.Whitespace()
    return str(made.to_str()).encode()


def put(folder: Path, name: str, content: bytes) -> dict[str, str]:
    (folder / name).write_bytes(content)
    return {"path": name, "sha256": hashlib.sha256(content).hexdigest()}


def table() -> Any:
    made = np.random.default_rng(1).normal(size=(len(WORDS), SIDE))
    made[0] = 1000.0  # the padding would be heard in every mean
    made[1] = 0.01
    return made


def text_manifest(folder: Path, **more: Any) -> Path:
    part = {**put(folder, "text.onnx", text_model(table())), "output": "last_hidden_state"}
    part["tokenizer"] = put(folder, "tokenizer.json", tokenizer())
    told = {"kind": "text", "name": "tiny", "licence": "CC0-1.0", "dimensions": SIDE, "text": part}
    for name, given in more.items():
        (part if name in model_manifest.TextPart.__struct_fields__ else told)[name] = given
    path = folder / f"text{len(list(folder.glob('*.json')))}.json"
    path.write_text(json.dumps(told))
    return path


def test_texts_and_tracks_meet(tmp_path: Path) -> None:
    embedder = OnnxEmbedder(text_manifest(tmp_path))
    space = embedder.space()
    sha = hashlib.sha256((tmp_path / "text.onnx").read_bytes()).hexdigest()
    assert (space.name, space.dimensions, space.label) == ("words:tiny", SIDE, "model: tiny")
    assert space.version.startswith(sha[:16])
    tracks = embedder.embed_documents(
        [TrackDocument("a", title="Quiet rain piano"), TrackDocument("b", title="metal"), TrackDocument("c")]
    )
    query = embedder.embed_query("quiet piano")
    assert tracks.shape == (3, SIDE) and tracks.dtype == query.dtype == np.float32
    assert np.argmax(tracks @ query) == 0
    rows = table()
    wanted = (rows[2] + rows[4]) / 2
    np.testing.assert_allclose(query, wanted / np.linalg.norm(wanted), atol=1e-5)
    assert embedder.embed_documents([]).shape == (0, SIDE)


def test_many_texts_keep_their_order_whatever_their_length(tmp_path: Path) -> None:
    embedder = OnnxEmbedder(text_manifest(tmp_path))
    dice = np.random.default_rng(2)
    texts = [" ".join(dice.choice(WORDS[2:], dice.integers(1, 9))) for _ in range(70)]
    together = embedder.embed_documents([TrackDocument("x", title=text) for text in texts])
    alone = np.stack([embedder.embed_query(text) for text in texts])
    np.testing.assert_allclose(together, alone, atol=1e-5)


def test_pooling_prefixes_cuts_and_lengths(tmp_path: Path) -> None:
    rows = table()
    for pooling, wanted in (("cls", rows[3]), ("mean", rows[[3, 4]].mean(axis=0))):
        made = OnnxEmbedder(text_manifest(tmp_path, pooling=pooling)).embed_query("rain piano")
        np.testing.assert_allclose(made, wanted / np.linalg.norm(wanted), atol=1e-5)
    prefixed = OnnxEmbedder(text_manifest(tmp_path, query="low {}", document="high {}"))
    plain = OnnxEmbedder(text_manifest(tmp_path, query="{}"))
    np.testing.assert_array_equal(prefixed.embed_query("rain {0}"), plain.embed_query("low rain {0}"))
    short = OnnxEmbedder(text_manifest(tmp_path, max_tokens=2)).embed_query("rain piano metal hammer")
    np.testing.assert_allclose(short, plain.embed_query("rain piano"), atol=1e-6)
    cut = OnnxEmbedder(text_manifest(tmp_path, dimensions=5, matryoshka=True)).embed_query("rain")
    np.testing.assert_allclose(cut, rows[3, :5] / np.linalg.norm(rows[3, :5]), atol=1e-5)


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({"dimensions": 5}, "not 5 numbers"),
        ({"output": "pooler_output"}, "does not take its input"),
        ({"types": "token_type_ids"}, "inputs are attention_mask, input_ids"),
        ({"mask": None}, "inputs are"),
        ({"pooling": "max"}, "pooling"),
        ({"sha256": "0" * 64}, "has the SHA-256"),
        ({"path": "../nowhere.onnx"}, "cannot be read"),
        ({"license": "x"}, "license"),
    ],
)
def test_what_is_wrong_is_named(tmp_path: Path, more: dict[str, Any], said: str) -> None:
    embedder = OnnxEmbedder(text_manifest(tmp_path, **more))
    with pytest.raises(Unavailable, match=said):
        embedder.embed_query("rain")


@pytest.mark.parametrize(
    "content", [b"", b"{", b"[1]", b"\xff\xfe", b'{"kind": "text"}', b'{"kind": "audio"}']
)
def test_a_manifest_that_is_none(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "m.json"
    path.write_bytes(content)
    for kind in (TextManifest, AudioManifest):
        with pytest.raises(Unavailable):
            model_manifest.read(path, kind)
    with pytest.raises(Unavailable, match="cannot be read"):
        OnnxEmbedder(tmp_path / "absent.toml").space()


def test_files_that_are_no_model(tmp_path: Path) -> None:
    path = text_manifest(tmp_path)
    told = json.loads(path.read_text())
    told["text"] |= put(tmp_path, "text.onnx", b"not a model")
    path.write_text(json.dumps(told))
    with pytest.raises(Unavailable, match="no ONNX model"):
        OnnxEmbedder(path).embed_query("x")
    told = json.loads(text_manifest(tmp_path).read_text())
    told["text"]["tokenizer"] = put(tmp_path, "tokenizer.json", b"{}")
    path.write_text(json.dumps(told))
    with pytest.raises(Unavailable, match="no tokenizer"):
        OnnxEmbedder(path).embed_query("x")


def test_toml_and_the_example_of_the_documentation(tmp_path: Path) -> None:
    page = (Path(__file__).parents[2] / "docs/models.md").read_text(encoding="utf-8")
    examples = [part.partition("```")[0] for part in page.split("```toml\n")[1:]]
    kinds: list[Any] = [TextManifest, AudioManifest]
    assert len(examples) == 2
    for example, kind in zip(examples, kinds, strict=True):
        path = tmp_path / "example.toml"
        path.write_text(example)
        assert model_manifest.read(path, kind).licence


# Sound: the mean of the low and of the high half of a spectrogram decides.

RATE = 16_000
MEL = {"fft": 512, "hop": 160, "bands": 32, "low_hz": 0.0, "high_hz": 8000.0}


def audio_model() -> bytes:
    """(1, 1, frames, 32 bands) and is_longer -> the mean of each band, as 12 numbers."""
    mixing = np.zeros((32, SIDE), dtype=np.float32)
    mixing[:6, 0] = mixing[16:, 1] = 1 / 60  # low tones to the first number, high ones to the second
    nodes = [
        node("ReduceMean", ["features"], "bands", axes=[1, 2], keepdims=0),
        node("Cast", ["is_longer"], "longer", to=onnx.TensorProto.FLOAT),
        node("Mul", ["longer", "none"], "nothing"),
        node("Add", ["bands", "hundred"], "above"),
        node("MatMul", ["above", "mixing"], "mixed"),
        node("Add", ["mixed", "nothing"], "audio_embeds"),
    ]
    inputs = [value("features", "FLOAT", [1, 1, "t", 32]), value("is_longer", "BOOL", [1, 1])]
    constants = {"mixing": mixing, "none": np.float32(0), "hundred": np.float32(100)}
    return graph(nodes, inputs, [value("audio_embeds", "FLOAT", [1, SIDE])], constants)


def audio_manifest(folder: Path, **more: Any) -> Path:
    words = np.zeros((len(WORDS), SIDE))
    words[WORDS.index("low"), 0] = words[WORDS.index("high"), 1] = 1.0
    words[1] = words[WORDS.index("tone")] = 0.01
    text = {**put(folder, "words.onnx", text_model(words)), "output": "last_hidden_state"}
    text["tokenizer"] = put(folder, "tokenizer.json", tokenizer())
    audio = {
        **put(folder, "audio.onnx", audio_model()),
        **{"input": "features", "output": "audio_embeds", "rate": RATE, "window_s": 2.0, "windows": 3},
        **{"mel": MEL, "constants": {"is_longer": False}},
    }
    told = {"kind": "audio", "name": "tiny-clap", "licence": "CC0-1.0", "dimensions": SIDE}
    told |= {"audio": audio, "text": text, "logit_scale": 20.0}
    told["moods"] = {
        "happy": {"present": "high tone", "absent": "low tone"},
        "sad": {"present": "low tone", "absent": "high tone"},
        "bored": {"present": "x", "absent": "y"},
    }
    for name, given in more.items():
        (audio if name in audio else told)[name] = given
    path = folder / "audio.json"
    path.write_text(json.dumps(told))
    return path


def tone(path: Path, hz: float, seconds: float, rate: int = 44_100, channels: int = 2) -> Path:
    at = np.arange(round(seconds * rate)) / rate
    samples = (0.5 * np.sin(2 * np.pi * hz * at) * 32767).astype("<i2")
    with wave.open(str(path), "wb") as made:
        made.setnchannels(channels)
        made.setsampwidth(2)
        made.setframerate(rate)
        made.writeframes(np.repeat(samples, channels).tobytes())
    return path


def test_sound_and_words_meet_and_moods_follow(tmp_path: Path) -> None:
    model = OnnxAudio(audio_manifest(tmp_path))
    space = model.space()
    assert (space.name, space.dimensions, space.label) == ("audio", SIDE, "model: tiny-clap")
    low, high = (model.hear(tone(tmp_path / f"{hz}.wav", hz, 7.0)) for hz in (110, 5000))
    assert low.shape == (SIDE,) and np.linalg.norm(low) == pytest.approx(1.0, abs=1e-5)
    for text, near, far in (("a low tone", low, high), ("a high tone", high, low)):
        query = model.embed_query(text)
        assert query @ near > query @ far
    dark, bright = model.moods(low), model.moods(high)
    assert set(dark) == set(PROMPTS) == {"happy", "sad", "aggressive", "relaxed", "party", "acoustic"}
    assert dark["sad"] > 0.6 > 0.4 > bright["sad"] and bright["happy"] > 0.6 > 0.4 > dark["happy"]
    assert all(0 <= mood <= 1 for mood in (*dark.values(), *bright.values()))
    assert dark["sad"] + dark["happy"] == pytest.approx(1.0, abs=0.002), "the same words, the other way"
    # One tone is one tone at any rate, in any number of channels, and when it is too short for a window.
    for number, other in enumerate(((22_050, 1, 3.0), (48_000, 2, 0.7), (RATE, 1, 2.0))):
        rate, channels, seconds = other
        again = model.hear(tone(tmp_path / f"again{number}.wav", 110, seconds, rate, channels))
        assert again @ low > 0.98


def test_a_file_without_sound_says_so(tmp_path: Path) -> None:
    model = OnnxAudio(audio_manifest(tmp_path))
    (tmp_path / "x.wav").write_bytes(b"no sound at all")
    with pytest.raises(Unanalysable):
        model.hear(tmp_path / "x.wav")
    wrong = OnnxAudio(audio_manifest(tmp_path, input="waveform"))
    with pytest.raises(Unavailable, match="does not take its input"):
        wrong.hear(tone(tmp_path / "y.wav", 440, 3.0))


def test_a_model_of_samples(tmp_path: Path) -> None:
    nodes = [
        node("Mul", ["samples", "samples"], "power"),
        node("ReduceMean", ["power"], "loud", axes=[1], keepdims=1),
        node("MatMul", ["loud", "row"], "out"),
    ]
    content = graph(
        nodes,
        [value("samples", "FLOAT", [1, 2 * RATE])],
        [value("out", "FLOAT", [1, SIDE])],
        {"row": np.ones((1, SIDE), np.float32)},
    )
    named = put(tmp_path, "audio2.onnx", content)
    path = audio_manifest(tmp_path, **named, mel=None, constants={}, input="samples", output="out")
    made = OnnxAudio(path).hear(tone(tmp_path / "z.wav", 440, 5.0))
    np.testing.assert_allclose(made, np.full(SIDE, SIDE**-0.5), atol=1e-5)


def test_mel_filters_are_the_known_ones() -> None:
    # As the two scales are defined: 1000 Hz is 15 on Slaney's, 999.99 mel on HTK's.
    for scale in ("slaney", "htk"):
        made = filters(48_000, Mel(scale=scale, norm="none"))  # type: ignore[arg-type]
        assert made.shape == (64, 513)
        assert made.min() == 0.0 and made.max() <= 1.0 and (made.max(axis=1) > 0).all()
        bins = np.linspace(0, 24_000, 513)
        assert made[:, bins < 46].sum() == 0.0 and made[:, bins > 14_000].sum() == 0.0
        tops = bins[made.argmax(axis=1)]
        assert (np.diff(tops) >= 0).all()
    even = filters(48_000, Mel())
    # Slaney's norm: every triangle has the same area.
    wide = Mel(fft=8192, bands=20)
    area = filters(48_000, wide).sum(axis=1) * 48_000 / 8192
    np.testing.assert_allclose(area, 1.0, rtol=0.03)
    assert even.dtype == np.float64


def test_a_spectrogram_has_a_frame_every_hop_and_its_tone_where_it_belongs() -> None:
    spec = Mel()
    at = np.arange(480_000) / 48_000
    made = spectrogram(np.sin(2 * np.pi * 3000 * at).astype(np.float32), 48_000, spec)
    assert made.shape == (1001, 64) and made.dtype == np.float32, "what LAION-CLAP takes for ten seconds"
    band = int(np.argmax(made[500]))
    row = filters(48_000, spec)[band]
    assert row[round(3000 / 48_000 * 1024)] > 0
    quiet = spectrogram(np.zeros(48_000, np.float32), 48_000, spec)
    assert (quiet == -100.0).all(), "silence is -100 dB"
