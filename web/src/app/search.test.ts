import { describe, expect, it } from "vitest";
import { searchSearch } from "./search";

describe("what the search page keeps in the URL", () => {
  it("reads a year as words and drops what makes no sense", () => {
    expect(searchSearch({ q: 1984, in: "tracks" })).toEqual({ q: "1984", in: "tracks" });
    expect(searchSearch({ q: ["x"], in: "nonsense" })).toEqual({ q: undefined, in: undefined });
    expect(searchSearch({ q: "x".repeat(300) }).q).toHaveLength(200);
  });
});
