import { i18n } from "@lingui/core";
import { afterEach, describe, expect, it } from "vitest";
import { messages as german } from "@/locales/de";
import { readAmount, saidAmount, shownAmount } from "./amounts";
import type { Node, Rule } from "./rule";
import { sentence, sentenceText } from "./sentence";
import type { RuleField } from "./words";

const field = (name: string, kind: RuleField["kind"], label: string, unit: string | null = null): [string, RuleField] => [name, { name, kind, label, unit, group: "music", operators: [], sortable: true, suggests: false }];
const fields = new Map([
  field("bpm", "number", "Tempo", "BPM"),
  field("tag", "text", "Own tag"),
  field("genre", "text", "Genre"),
  field("label", "text", "Label"),
  field("year", "number", "Year"),
  field("title", "text", "Title"),
  field("added", "date", "Added"),
  field("key", "key", "Key"),
  field("mood_happy", "mood", "Mood: happy"),
  field("energy", "number", "Energy", "0 to 1"),
  field("play_count", "number", "Play count", "plays"),
  field("sounds_like", "sounds_like", "Sounds like"),
  field("playlist", "playlist", "Playlist"),
]);
const names = { fields, ids: { t1: "Night Ferry", p1: "Rain" } };
const say = (match: Node, more: Partial<Rule> = {}): string => sentenceText({ match, sort: [], limit: null, seed: null, ...more }, names);

afterEach(() => i18n.activate("en"));

describe("a rule in words", () => {
  const rule: Node = {
    all: [
      { field: "bpm", op: "less", value: 90 },
      { field: "tag", op: "is_not", value: "live" },
      { any: [{ field: "genre", op: "contains", value: "ambient" }, { field: "sounds_like", op: "is", value: { track: "t1", at_least: 0.8 } }, { field: "label", op: "is", value: "Harbourlight" }] },
    ],
  };
  const more: Partial<Rule> = { limit: { tracks: 40 }, sort: [{ by: "play_count", descending: false }] };

  it("reads like a sentence, what it means stands out", () => {
    expect(say(rule, more)).toBe(
      "Tracks slower than 90 BPM, not tagged “live” and either whose genre contains “ambient”, that sound like Night Ferry (80 % or more) or that came out on “Harbourlight”; 40 of them, least played first.",
    );
    const strong = sentence({ match: rule, sort: [], limit: null, seed: null }, names).filter((piece) => piece.strong);
    expect(strong.map((piece) => piece.text)[1]).toBe("not tagged “live”");
  });

  it("says it in German too", () => {
    i18n.load("de", german);
    i18n.activate("de");
    expect(say(rule, more)).toBe("Titel: langsamer als 90 BPM, ohne den Tag “live” und entweder Genre enthält “ambient”, ähnlich wie Night Ferry (ab 80 %) oder erschienen bei “Harbourlight”; 40 davon, selten gespielte zuerst.");
    expect(say({ field: "added", op: "in_last", value: 1 })).toBe("Titel: vor höchstens einem Tag hinzugefügt.");
  });

  it.each<[Node, string]>([
    [{ all: [] }, "All tracks."],
    [{ field: "year", op: "between", value: [1970, 1979] }, "Tracks from 1970 to 1979."],
    [{ field: "added", op: "in_last", value: 30 }, "Tracks added in the last 30 days."],
    [{ field: "play_count", op: "is", value: 0 }, "Tracks that you never played."],
    [{ field: "key", op: "near", value: { key: "8A", within: 1 } }, "Tracks whose key mixes with A minor."],
    [{ field: "mood_happy", op: "at_least", value: 0.6 }, "Tracks at least 60 % happy."],
    [{ field: "energy", op: "at_most", value: 0.25 }, "Tracks whose energy is at most 25 %."],
    [{ field: "playlist", op: "not_in", value: "p1" }, "Tracks not in the playlist Rain."],
    [{ field: "playlist", op: "in", value: "gone" }, "Tracks in a playlist that is gone."],
    [{ field: "label", op: "missing" }, "Tracks without label."],
    [{ not: { any: [{ field: "genre", op: "is", value: "a" }, { field: "genre", op: "is", value: "b" }] } }, "Tracks neither in the genre “a” nor in the genre “b”."],
    [{ any: ["title", "artist", "album"].map((name) => ({ field: name, op: "has_words", value: "rain" })) }, "Tracks with “rain” in title, artist or album."],
  ])("%j", (match, words) => expect(say(match)).toBe(words));
});

describe("numbers in forms", () => {
  it.each<[string, string | null, number | null]>([
    ["4:30", "seconds", 270],
    ["1:02:05", "seconds", 3725],
    ["90", "seconds", 90],
    ["4:x", "seconds", null],
    ["80", "0 to 1", 0.8],
    ["12,5", null, 12.5],
    ["−7", "dB", -7],
    ["1.5", "bytes", 1_500_000],
    ["", null, null],
    ["ten", null, null],
  ])("%s in %s is %s", (text, unit, value) => expect(readAmount(text, unit)).toBe(value));

  it("are shown as they are typed", () => {
    expect(shownAmount(270, "seconds")).toBe("4:30");
    expect(shownAmount(0.8, "0 to 1")).toBe("80");
    expect(saidAmount(0.8, "0 to 1")).toBe("80 %");
    expect(saidAmount(128, "BPM")).toBe("128 BPM");
  });
});
