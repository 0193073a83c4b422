import { describe, expect, it } from "vitest";
import { dropRows } from "./dropRows";

const order = (count: number, from: number, to: number, chosen?: number[]): number[] => {
  const { moving, before } = dropRows(count, from, to, chosen);
  const rest = Array.from({ length: count }, (_, i) => i).filter((i) => !moving.includes(i));
  const at = before === null ? rest.length : rest.indexOf(before);
  return [...rest.slice(0, at), ...moving, ...rest.slice(at)];
};

describe("rows that are dropped", () => {
  it("one: down, up and to the end", () => {
    expect(order(4, 0, 2)).toEqual([1, 2, 0, 3]);
    expect(order(4, 3, 1)).toEqual([0, 3, 1, 2]);
    expect(order(4, 1, 3)).toEqual([0, 2, 3, 1]);
  });

  it("several come along in their order, wherever they stood", () => {
    expect(order(6, 4, 1, [0, 4, 5])).toEqual([0, 4, 5, 1, 2, 3]);
    expect(order(6, 1, 4, [3, 1])).toEqual([0, 2, 4, 1, 3, 5]);
    expect(order(5, 0, 4, [0, 1])).toEqual([2, 3, 4, 0, 1]);
  });

  it("one that is not among the chosen moves alone", () => expect(order(4, 0, 1, [2, 3])).toEqual([1, 0, 2, 3]));

  it("says where the first of them stands then", () => {
    expect(dropRows(6, 4, 1, [0, 4, 5]).place).toBe(0);
    expect(dropRows(6, 1, 4, [1, 3]).place).toBe(3);
    expect(dropRows(4, 1, 3).place).toBe(3);
    expect(dropRows(5, 1, 4, [1, 2, 4]).place).toBe(2);
  });
});
