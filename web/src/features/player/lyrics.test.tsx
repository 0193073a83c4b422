import { act, fireEvent, render, screen } from "@testing-library/react";
import { beforeEach, describe, expect, it, vi } from "vitest";
import type { Lyrics } from "@/shared/api/types";
import { lyricTexts } from "@/test/fakeData";
import { asText, lineCounts } from "./lyricEdits";
import { LyricLines } from "./LyricLines";
import { lastBegun } from "./useBeat";

describe("lyrics", () => {
  it("finds the line that has begun", () => {
    const starts = [1000, 2000, 2000, 5000];
    expect([0, 1000, 1999, 2000, 9000].map((ms) => lastBegun(starts, ms))).toEqual([-1, 0, 0, 2, 3]);
    expect(lastBegun([], 5)).toBe(-1);
  });
  it("writes LRC with the times of words, and plain text as it is", () => {
    const lines = [{ start_ms: 83_456, text: "Low tide", words: [{ start_ms: 83_456, text: "Low " }, { start_ms: 84_000, text: "tide" }] }, { start_ms: 90_000, text: "" }];
    expect(asText({ source: "lrc", language: "eng", synced: true, offset_ms: 0, lines })).toBe("[01:23.46] <01:23.46>Low <01:24.00>tide\n[01:30.00]");
    expect(asText({ source: "tag", language: "xxx", synced: false, offset_ms: 0, lines: [{ start_ms: null, text: "a" }, { start_ms: null, text: "" }] })).toBe("a\n");
  });
  it("counts lines and those with a time; tags and blank lines are none", () => {
    expect(lineCounts("[ar: Marla]\n[00:01.00] one\n\n[1:02] two\nthree")).toEqual({ lines: 3, timed: 2 });
    expect(lineCounts(" \n")).toEqual({ lines: 0, timed: 0 });
  });
});

describe("LyricLines", () => {
  const text = lyricTexts[0] as Lyrics;
  const scrolled = vi.fn();
  beforeEach(() => {
    vi.useFakeTimers();
    scrolled.mockClear();
    Element.prototype.scrollTo = scrolled as unknown as typeof Element.prototype.scrollTo;
    return () => vi.useRealTimers();
  });
  it("follows, stops when the reader scrolls, and goes on when asked or after four seconds", () => {
    const at = (line: number) => <LyricLines lyrics={text} line={line} tools={false} />;
    const { rerender, container } = render(at(0));
    rerender(at(1));
    expect(scrolled).toHaveBeenCalledTimes(2);
    expect(screen.queryByRole("button", { name: "Follow again" })).toBeNull();

    fireEvent.wheel(container);
    rerender(at(2));
    expect(scrolled).toHaveBeenCalledTimes(2);
    fireEvent.click(screen.getByRole("button", { name: "Follow again" }));
    expect(scrolled).toHaveBeenCalledTimes(3);

    fireEvent.wheel(container);
    rerender(at(3));
    expect(scrolled).toHaveBeenCalledTimes(3);
    act(() => void vi.advanceTimersByTime(4000));
    expect(scrolled).toHaveBeenCalledTimes(4);
    expect(screen.queryByRole("button", { name: "Follow again" })).toBeNull();
  });
  it("marks the line, splits only it into words, and says its language", () => {
    const { container } = render(<LyricLines lyrics={text} line={1} tools={false} />);
    expect(container.querySelector("[aria-current]")?.textContent).toBe(text.lines[1]?.text);
    expect(container.querySelectorAll(".word")).toHaveLength(text.lines[1]?.words?.length ?? -1);
    expect(container.querySelector("ol")?.lang).toBe("en");
  });
});
