import { describe, expect, it } from "vitest";
import { changed, conditionsOf, draftOf, isGroup, moved, placeOf, ruleOf, stepped, type EditGroup, type Rule } from "./rule";

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

  it("the path of a fault leads to its line, past lines that are not asked yet", () => {
    const draft = draftOf({ ...rule, match: { all: [{ field: "genre", op: "is", value: "" }, ...(rule.match as { all: Rule["match"][] }).all] } });
    const names = new Map(conditionsOf(draft.match).map((one) => [one.id, one.field]));
    const at = (path: string): unknown => {
      const place = placeOf(draft, path);
      return place && [names.get(place.id) ?? place.id, place.of];
    };
    const any = draft.match.parts[2]?.id;
    expect(at("rule.match.all[0].value")).toEqual(["bpm", "value"]);
    expect(at("rule.match.all[1].any[0].op")).toEqual(["genre", "op"]);
    expect(at("rule.match.all[1].any[1].not.any[0].value.within")).toEqual(["label", "value"]);
    expect(at("match.all[2].not.all[0].field")).toEqual(["year", "field"]);
    expect(at("rule.match.all[0]")).toEqual(["bpm", null]);
    expect(at("rule.match.all[1].any")).toEqual([any, null]);
    expect(at("rule.match.all[10]")).toEqual([draft.match.id, null]);
    expect(at("rule.limit.tracks")).toEqual(["limit", null]);
    expect(at("rule.sort[2].by")).toEqual(["sort 2", null]);
    expect([at("rule"), at("rule.seed"), at("name")]).toEqual([null, null, null]);
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
