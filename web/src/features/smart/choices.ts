import { i18n } from "@lingui/core";
import { saidAmount } from "@/media/rules/amounts";
import type { Condition } from "@/media/rules/rule";
import { operatorName, type RuleField } from "@/media/rules/words";

interface Choice {
  value: string;
  label: string;
  op: string;
  /** What the condition's value becomes; absent leaves it to `valueFor`. */
  set?: (value: unknown) => unknown;
}
interface Like {
  at_least?: number;
}
const shares = [0.95, 0.9, 0.85, 0.8, 0.75, 0.7, 0.6] as const;
export const enough = 0.8;
const percent = (share: number): string => saidAmount(share, "0 to 1");

/** What stands in the second list of a line: for a yes or no the answer, for a likeness how much of it. */
export function choices(field: RuleField, condition: Condition): Choice[] {
  if (field.kind === "flag") {
    return [
      { value: "yes", label: i18n.t("yes"), op: "is", set: () => true },
      { value: "no", label: i18n.t("no"), op: "is", set: () => false },
    ];
  }
  if (field.kind === "sounds_like") {
    const own = (condition.value as Like | undefined)?.at_least ?? enough;
    const steps = [...new Set([...shares, own])].sort((a, b) => b - a);
    const set = (share: number) => (value: unknown) => ({ ...(value as object), at_least: share });
    return [
      ...steps.map((share) => ({ value: `is ${share}`, label: i18n.t("at least {share}", { share: percent(share) }), op: "is", set: set(share) })),
      ...steps.map((share) => ({ value: `is_not ${share}`, label: i18n.t("less than {share}", { share: percent(share) }), op: "is_not", set: set(share) })),
    ];
  }
  if (field.kind === "playlist") {
    return [
      { value: "in", label: i18n.t("has the track"), op: "in" },
      { value: "not_in", label: i18n.t("does not have it"), op: "not_in" },
    ];
  }
  return field.operators.map((op) => ({ value: op, label: operatorName(field.kind, op), op }));
}

export function chosen(field: RuleField, condition: Condition): string {
  if (field.kind === "flag") return condition.value === false ? "no" : "yes";
  if (field.kind === "sounds_like") return `${condition.op} ${(condition.value as Like | undefined)?.at_least ?? enough}`;
  return condition.op;
}

type Shape = "one" | "two" | "days" | "near" | "none";
const shapeOf = (op: string): Shape => (op === "between" ? "two" : op.endsWith("in_last") ? "days" : op === "near" ? "near" : op === "missing" || op === "present" ? "none" : "one");

/** The value under another operator: kept as far as it makes sense there. */
export function valueFor(op: string, before: Condition): unknown {
  const [from, to] = [shapeOf(before.op), shapeOf(op)];
  const { value } = before;
  if (to === "none") return undefined;
  if (from === to) return value;
  const first = Array.isArray(value) ? (value as unknown[])[0] : from === "near" ? (value as { key: string }).key : from === "days" ? "" : value;
  if (to === "two") return [first ?? "", ""];
  if (to === "near") return { key: first || "8A", within: 1 };
  if (to === "days") return 30;
  return first ?? "";
}

/** A line as it begins with this field. */
export function begun(field: RuleField): Condition {
  const op: Record<RuleField["kind"], [string, unknown]> = {
    text: ["contains", ""],
    number: ["at_least", ""],
    date: ["in_last", 30],
    flag: ["is", true],
    key: ["near", { key: "8A", within: 1 }],
    mood: ["at_least", 0.6],
    sounds_like: ["is", { at_least: enough }],
    playlist: ["in", ""],
  };
  const [wanted, value] = op[field.kind];
  const exact = field.suggests && field.operators.includes("is");
  return { field: field.name, op: field.kind === "text" && exact ? "is" : wanted, value };
}

/** Another field in the same line: what was typed stays where it means the same. */
export function refielded(condition: Condition, before: RuleField | undefined, field: RuleField): Condition {
  const same = before?.kind === field.kind && before.unit === field.unit && field.operators.includes(condition.op);
  return same ? { ...condition, field: field.name } : begun(field);
}
