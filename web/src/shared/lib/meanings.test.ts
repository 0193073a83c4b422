import { i18n } from "@lingui/core";
import { expect, it } from "vitest";
import { messages } from "@/locales/de";
import { foundWords, meaningText } from "./meanings";

const say = (text: string): string => foundWords([{ text }]);

it("says what words were taken for", () => {
  expect(["low tempo", "warm", "120 to 130 BPM", "1990 to 1999", "not loudness, energy", "A minor, 8A", "keys that mix with F# minor", "trip hop"].map(meaningText)).toEqual(["slow", "warm", "120–130 BPM", "1990–1999", "not loud, energetic", "A minor, 8A", "keys that mix with F# minor", "trip hop"]);
});

it("says why a track answers, and keeps what it does not know", () => {
  expect(["slow: 68 BPM", "calm, energy: 0.21", "piano in mood tag: piano, rain", "minor key: Am", "A minor (8A)", "sad 0.8, you say", "quiet: -18.2 LUFS", "odd"].map(say)).toEqual(["slow, 68 BPM", "calm, energy 0.21", "piano, by its tag piano, rain", "A minor", "A minor (8A)", "sad 0.80, you say", "quiet, −18.2 LUFS", "odd"]);
  expect(foundWords([{ text: "a" }, { text: "b" }, { text: "c" }, { text: "d" }])).toBe("a\u2002·\u2002b\u2002·\u2002c");
  expect(foundWords([{ text: "73 BPM" }, { text: "slow: 73 BPM" }])).toBe("slow, 73 BPM");
});

it("says them in German", () => {
  i18n.loadAndActivate({ locale: "de", messages });
  expect(meaningText("low tempo")).toBe("langsam");
  expect(say("minor key: F#m")).toBe("fis-Moll");
  expect(say("calm, energy: 0.21")).toBe("ruhig, Energie 0,21");
});
