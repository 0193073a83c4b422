/** Rules as the server keeps them, and their form while somebody edits them. */
export interface Condition {
  field: string;
  op: string;
  value?: unknown;
}
export type Node = { all: Node[] } | { any: Node[] } | { not: Node } | Condition;
export interface SortBy {
  by: string;
  descending: boolean;
}
export type Limit = { tracks: number } | { minutes: number } | { megabytes: number };
export interface Rule {
  match: Node;
  sort: SortBy[];
  limit: Limit | null;
  seed: number | null;
  /** What an imported file said that is not known here; kept for the export. */
  kept?: Record<string, unknown>;
}

/** "none": not one of them is true; "notall": at least one is not. */
export type Joint = "all" | "any" | "none" | "notall";
export interface EditCondition extends Condition {
  id: string;
}
export interface EditGroup {
  id: string;
  joint: Joint;
  parts: EditPart[];
}
export type EditPart = EditCondition | EditGroup;
export interface Draft {
  match: EditGroup;
  sort: SortBy[];
  limit: Limit | null;
  seed: number | null;
  kept?: Record<string, unknown>;
}

export const isGroup = (part: EditPart): part is EditGroup => "joint" in part;

let made = 0;
export const newId = (): string => `r${(made += 1)}`;

export const emptyRule = (): Rule => ({ match: { all: [] }, sort: [], limit: null, seed: null });

function part(node: Node): EditPart {
  if ("all" in node) return { id: newId(), joint: "all", parts: node.all.map(part) };
  if ("any" in node) return { id: newId(), joint: "any", parts: node.any.map(part) };
  if (!("not" in node)) return { ...node, id: newId() };
  if ("any" in node.not) return { id: newId(), joint: "none", parts: node.not.any.map(part) };
  if ("all" in node.not) return { id: newId(), joint: "notall", parts: node.not.all.map(part) };
  return { id: newId(), joint: "none", parts: [part(node.not)] };
}

export function draftOf(rule: Rule): Draft {
  const top = part(rule.match);
  return { match: isGroup(top) ? top : { id: newId(), joint: "all", parts: [top] }, sort: rule.sort, limit: rule.limit, seed: rule.seed, ...(rule.kept ? { kept: rule.kept } : {}) };
}

const filled = (value: unknown): boolean => {
  if (value === undefined || value === null || value === "") return false;
  if (Array.isArray(value)) return value.every(filled);
  if (typeof value === "object") return Object.keys(value).some((key) => key !== "at_least") && Object.values(value).every(filled);
  return !(typeof value === "number" && !Number.isFinite(value));
};
const valueless = new Set(["missing", "present"]);
/** What lacks its value is not asked yet. */
export const isComplete = (condition: Condition): boolean => condition.field !== "" && (valueless.has(condition.op) || filled(condition.value));

function node(item: EditPart): Node | null {
  if (!isGroup(item)) {
    if (!isComplete(item)) return null;
    return valueless.has(item.op) ? { field: item.field, op: item.op } : { field: item.field, op: item.op, value: item.value };
  }
  const parts = item.parts.map(node).filter((one): one is Node => one !== null);
  if (parts.length === 0) return null;
  if (item.joint === "all") return { all: parts };
  if (item.joint === "any") return { any: parts };
  return { not: item.joint === "none" ? { any: parts } : { all: parts } };
}

/** What the draft says so far; unfinished lines are left out. */
export const ruleOf = (draft: Draft): Rule => ({ match: node(draft.match) ?? { all: [] }, sort: draft.sort, limit: draft.limit, seed: draft.seed, ...(draft.kept ? { kept: draft.kept } : {}) });

/** Where in the editor a path of the rule lies, such as `rule.match.all[2].value`. */
export interface Place {
  /** Of the line or group; "limit", or "sort 0" for the first order. */
  id: string;
  of: "field" | "op" | "value" | null;
}

/** The paths of what stands in the rule, as `ruleOf` writes it: unfinished lines count for nothing. */
function written(item: EditPart, path: string): [path: string, id: string][] {
  if (!isGroup(item)) return [[path, item.id]];
  const inner = { all: "all", any: "any", none: "not.any", notall: "not.all" }[item.joint];
  const parts = item.parts.filter((one) => node(one) !== null);
  return [[path, item.id], ...parts.flatMap((one, at) => written(one, `${path}.${inner}[${at}]`))];
}

/** What the server names as the place of a fault, in the draft it was asked about; null for the rule as a whole. */
export function placeOf(draft: Draft, path: string): Place | null {
  const inside = path.replace(/^rule\./, "");
  if (/^limit\b/.test(inside)) return { id: "limit", of: null };
  const sort = /^sort\[(\d+)\]/.exec(inside);
  if (sort) return { id: `sort ${sort[1]}`, of: null };
  const found = written(draft.match, "match").findLast(([one]) => inside === one || inside.startsWith(`${one}.`) || inside.startsWith(`${one}[`));
  if (!found) return null;
  const of = /^\.(field|op|value)\b/.exec(inside.slice(found[0].length))?.[1];
  return { id: found[1], of: (of as "field" | "op" | "value" | undefined) ?? null };
}

export const conditionsOf = (item: EditPart): EditCondition[] => (isGroup(item) ? item.parts.flatMap(conditionsOf) : [item]);

/** Every change gives a new tree and leaves the old one, so that undo only keeps trees. */
export function changed(group: EditGroup, id: string, change: (item: EditPart) => EditPart | null): EditGroup {
  if (group.id === id) return (change(group) as EditGroup | null) ?? group;
  let same = true;
  const parts = group.parts.flatMap((item) => {
    const next = item.id === id ? change(item) : isGroup(item) ? changed(item, id, change) : item;
    if (next !== item) same = false;
    return next ? [next] : [];
  });
  return same ? group : { ...group, parts };
}

export function groupHolding(group: EditGroup, id: string): EditGroup | null {
  for (const item of group.parts) {
    if (item.id === id) return group;
    const found = isGroup(item) ? groupHolding(item, id) : null;
    if (found) return found;
  }
  return null;
}

const find = (group: EditGroup, id: string): EditPart | null => groupHolding(group, id)?.parts.find((item) => item.id === id) ?? null;
const holds = (item: EditPart, id: string): boolean => item.id === id || (isGroup(item) && item.parts.some((inner) => holds(inner, id)));

/** Puts a line or group into a group before the part at `place`; nothing happens where it would go into itself. */
export function moved(top: EditGroup, id: string, into: string, place: number): EditGroup {
  const item = find(top, id);
  if (!item || holds(item, into)) return top;
  const from = groupHolding(top, id);
  const before = from?.id === into ? from.parts.findIndex((one) => one.id === id) : -1;
  const at = before >= 0 && before < place ? place - 1 : place;
  const without = changed(top, id, () => null);
  return changed(without, into, (group) => (isGroup(group) ? { ...group, parts: [...group.parts.slice(0, at), item, ...group.parts.slice(at)] } : group));
}

/** One step up or down in the order of reading: past a neighbour, into a group that stands there, or out of its own. */
export function stepped(top: EditGroup, id: string, by: 1 | -1): EditGroup {
  const holder = groupHolding(top, id);
  if (!holder) return top;
  const at = holder.parts.findIndex((item) => item.id === id);
  const next = holder.parts[at + by];
  const item = holder.parts[at];
  if (next && isGroup(next) && item && !isGroup(item)) return moved(top, id, next.id, by > 0 ? 0 : next.parts.length);
  if (next) return moved(top, id, holder.id, by > 0 ? at + 2 : at - 1);
  const outer = groupHolding(top, holder.id);
  if (!outer) return top;
  const place = outer.parts.findIndex((one) => one.id === holder.id);
  return moved(top, id, outer.id, by > 0 ? place + 1 : place);
}
