import { i18n } from "@lingui/core";
import { expect, it } from "vitest";
import { messages } from "@/locales/de";
import { reasonWords } from "./reasons";

const of = (...texts: string[]) => texts.map((text) => ({ kind: "x", text }));

it("says reasons as the server does, and leaves alone what it does not know", () => {
  const said = ["sounds much alike", "also by Kanto Drive", "same tempo: 124 BPM", "near in tempo: 90 and 93 BPM", "half the tempo: 140 and 70 BPM", "same key: 8A", "both from the 1970s", "both from 1974", "both Jazz", "similar energy", "a mood of its own"];
  expect(reasonWords(of(...said), 99)).toBe(said.join(", "));
  expect(reasonWords(of("same typical tempo: 99 BPM", "compatible key: 8A-9A"))).toBe("same tempo: 99 BPM, compatible keys: 8A and 9A");
  expect(reasonWords(of("a", "b", "c", "d"))).toBe("a, b, c");
});

it("says them in German", () => {
  i18n.loadAndActivate({ locale: "de", messages });
  expect(reasonWords(of("sounds alike", "both from the 1990s"))).toBe("klingt ähnlich, beide aus den 1990ern");
});
