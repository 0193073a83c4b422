import { describe, expect, it } from "vitest";
import { changed, conditionsOf, draftOf, isGroup, moved, ruleOf, stepped, type EditGroup, type Rule } from "./rule";

const rule: Rule = {
  match: {
    all: [
      { field: "bpm", op: "less", value: 90 },
      { any: [{ field: "genre", op: "contains", value: "ambient" }, { not: { any: [{ field: "label", op: "is", value: "X" }] } }] },
      { not: { all: [{ field: "year", op: "missing" }] } },
    ],
  },
  sort: [{ by: "play_count", descending: false }],
  limit: { tracks: 40 },
  seed: null,
  kept: { odd: 1 },
};
const shape = (group: EditGroup): unknown[] => group.parts.map((one) => (isGroup(one) ? shape(one) : one.field));

describe("a rule while it is edited", () => {
  it("comes back as it was", () => {
    expect(ruleOf(draftOf(rule))).toEqual(rule);
  });

  it("leaves out lines and groups that are not finished", () => {
    const draft = draftOf(rule);
    const [first] = conditionsOf(draft.match);
    const match = changed(draft.match, first?.id ?? "", (one) => ({ ...one, value: "" }) as typeof one);
    expect(ruleOf({ ...draft, match }).match).toEqual({ all: (rule.match as { all: unknown[] }).all.slice(1) });
    expect(ruleOf({ ...draft, match: { ...match, parts: [{ id: "g", joint: "any", parts: [] }] } }).match).toEqual({ all: [] });
  });

  it("a range needs both ends", () => {
    const draft = draftOf({ ...rule, match: { field: "bpm", op: "between", value: [80, ""] } });
    expect(ruleOf(draft).match).toEqual({ all: [] });
  });

  it("a line steps past lines, into groups and out of them", () => {
    const top = draftOf(rule).match;
    const bpm = conditionsOf(top)[0]?.id ?? "";
    expect(shape(top)).toEqual(["bpm", ["genre", ["label"]], ["year"]]);
    const inside = stepped(top, bpm, 1);
    expect(shape(inside)).toEqual([["bpm", "genre", ["label"]], ["year"]]);
    const second = stepped(inside, bpm, 1);
    expect(shape(second)).toEqual([["genre", "bpm", ["label"]], ["year"]]);
    expect(shape(stepped(second, bpm, -1))).toEqual([["bpm", "genre", ["label"]], ["year"]]);
    expect(shape(stepped(stepped(second, bpm, -1), bpm, -1))).toEqual(["bpm", ["genre", ["label"]], ["year"]]);
  });

  it("a group never goes into itself", () => {
    const top = draftOf(rule).match;
    const outer = top.parts[1] as EditGroup;
    const inner = outer.parts[1] as EditGroup;
    expect(moved(top, outer.id, inner.id, 0)).toBe(top);
    expect(shape(moved(top, inner.id, top.id, 0))).toEqual([["label"], "bpm", ["genre"], ["year"]]);
  });
});
