import { describe, expect, it } from "vitest";
import { forgetAllSearches, forgetSearch, loadRecent, rememberSearch, restoreSearches, useRecent } from "./recent";

const words = (): readonly string[] => useRecent.getState().words;

describe("recent searches", () => {
  it("keeps the newest first, each once, at most eight, per person", () => {
    loadRecent("lena");
    for (const one of ["harbour", "salt", "HARBOUR", "a", "lamp", "ferry", "wire", "meadow", "echo", "copper", "signal"]) rememberSearch(one);
    expect(words()).toEqual(["signal", "copper", "echo", "meadow", "wire", "ferry", "lamp", "HARBOUR"]);
    loadRecent("jo");
    expect(words()).toEqual([]);
    loadRecent("lena");
    expect(words()[0]).toBe("signal");
  });

  it("takes words that go on as one search", () => {
    loadRecent("lena");
    rememberSearch("mil");
    rememberSearch("miles");
    rememberSearch("miles davis");
    expect(words()).toEqual(["miles davis"]);
  });

  it("forgets one, forgets all, and brings them back", () => {
    loadRecent("lena");
    rememberSearch("salt");
    rememberSearch("lamp");
    forgetSearch("salt");
    expect(words()).toEqual(["lamp"]);
    const before = words();
    forgetAllSearches();
    expect(words()).toEqual([]);
    restoreSearches(before);
    loadRecent("lena");
    expect(words()).toEqual(["lamp"]);
  });

  it("survives a broken store", () => {
    localStorage.setItem("resonance.searches.lena", "{not json");
    loadRecent("lena");
    expect(words()).toEqual([]);
  });
});
