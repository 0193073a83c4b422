import { i18n } from "@lingui/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { api } from "@/shared/api/client";
import type { Items, PlaylistItem } from "@/shared/api/types";
import { readAmount, shownAmount, unitName } from "@/media/rules/amounts";
import type { EditCondition } from "@/media/rules/rule";
import type { RuleField } from "@/media/rules/words";
import { keyName, wheel } from "@/shared/lib/musicalKey";
import { useEditing, useMarks } from "./context";
import { LikeValue } from "./LikeValue";
import { TextValue } from "./TextValue";

interface AmountProps {
  label: string;
  value: unknown;
  unit: string | null;
  onChange: (value: number | "") => void;
}

/** A number as it is typed; what is no number yet counts as nothing. */
function Amount({ label, value, unit, onChange }: AmountProps) {
  const [typed, setTyped] = useState<string | null>(null);
  const name = unitName(unit);
  const marks = useMarks();
  const wrong = typed !== null && typed.trim() !== "" && readAmount(typed, unit) === null;
  return (
    <span className="sp-amount">
      <input
        className="input num"
        inputMode={unit === "seconds" ? "text" : "decimal"}
        aria-label={name ? `${label} (${name})` : label}
        {...marks}
        aria-invalid={wrong || marks["aria-invalid"]}
        autoComplete="off"
        maxLength={20}
        placeholder={unit === "seconds" ? i18n.t("4:30") : undefined}
        value={typed ?? shownAmount(value, unit)}
        onChange={(event) => {
          setTyped(event.target.value);
          onChange(readAmount(event.target.value, unit) ?? "");
        }}
        onBlur={() => !wrong && setTyped(null)}
      />
      {name && <span aria-hidden="true">{name}</span>}
    </span>
  );
}

const daysOf: readonly [string, number][] = [
  ["days", 1],
  ["weeks", 7],
  ["months", 30],
  ["years", 365],
];
const dayNames = (): Record<string, string> => ({ days: i18n.t("days"), weeks: i18n.t("weeks"), months: i18n.t("months"), years: i18n.t("years") });

function Days({ label, value, onChange }: { label: string; value: unknown; onChange: (value: number | "") => void }) {
  const days = typeof value === "number" ? value : 0;
  const [unit, setUnit] = useState(() => daysOf.findLast(([, length]) => days >= length && days % length === 0)?.[0] ?? "days");
  const length = daysOf.find(([name]) => name === unit)?.[1] ?? 1;
  const [typed, setTyped] = useState<string | null>(null);
  const marks = useMarks();
  const set = (text: string, by: number): void => onChange(/^[1-9]\d{0,4}$/.test(text.trim()) ? Math.min(100_000, Number(text) * by) : "");
  const text = typed ?? (days ? String(Math.round((days / length) * 100) / 100) : "");
  return (
    <span className="sp-days">
      <input
        className="input num"
        inputMode="numeric"
        aria-label={label}
        {...marks}
        autoComplete="off"
        maxLength={5}
        value={text}
        onChange={(event) => {
          setTyped(event.target.value);
          set(event.target.value, length);
        }}
      />
      <select
        className="select"
        aria-label={i18n.t("{label}: unit", { label })}
        value={unit}
        onChange={(event) => {
          const [name = "days", by = 1] = daysOf.find(([one]) => one === event.target.value) ?? [];
          setUnit(name);
          setTyped(text);
          set(text, by);
        }}
      >
        {daysOf.map(([name]) => (
          <option key={name} value={name}>
            {dayNames()[name]}
          </option>
        ))}
      </select>
    </span>
  );
}

function KeyChoice({ label, value, onChange }: { label: string; value: string; onChange: (key: string) => void }) {
  const marks = useMarks();
  return (
    <select className="select" aria-label={label} value={value} {...marks} onChange={(event) => onChange(event.target.value)}>
      {!wheel.includes(value) && <option value={value}>{value}</option>}
      {wheel.map((key) => (
        <option key={key} value={key}>
          {key} · {keyName(key)}
        </option>
      ))}
    </select>
  );
}

function Near({ label, value, onChange }: { label: string; value: { key: string; within: number }; onChange: (value: { key: string; within: number }) => void }) {
  const steps = [0, 1, 2, 3, 4, 5, 6] as const;
  return (
    <span className="sp-two">
      <KeyChoice label={label} value={value.key} onChange={(key) => onChange({ ...value, key })} />
      <select className="select" aria-label={i18n.t("{label}: steps", { label })} value={value.within} onChange={(event) => onChange({ ...value, within: Number(event.target.value) })}>
        {steps.map((count) => (
          <option key={count} value={count}>
            {i18n.t("{count, plural, =0 {exactly} one {# step} other {# steps}}", { count })}
          </option>
        ))}
      </select>
    </span>
  );
}

function PlaylistChoice({ label, value, onChange }: { label: string; value: string; onChange: (id: string) => void }) {
  const { playlistId, name } = useEditing();
  const { data } = useQuery({ queryKey: ["playlists"], queryFn: ({ signal }) => api.get<Items<PlaylistItem>>("playlists", undefined, signal).then(({ items }) => items) });
  const marks = useMarks();
  const lists = (data ?? []).filter((list) => list.id !== playlistId);
  return (
    <select
      className="select"
      aria-label={label}
      value={value}
      {...marks}
      onChange={(event) => {
        const list = lists.find((one) => one.id === event.target.value);
        if (list) name(list.id, list.name);
        onChange(event.target.value);
      }}
    >
      {!lists.some((list) => list.id === value) && <option value={value}>{value ? i18n.t("a playlist that is gone") : i18n.t("Choose a playlist")}</option>}
      {lists.map((list) => (
        <option key={list.id} value={list.id}>
          {list.name}
        </option>
      ))}
    </select>
  );
}

/** The third part of a line: what the field is compared with. */
export function Value({ condition, field, number }: { condition: EditCondition; field: RuleField; number: number }) {
  const { change } = useEditing();
  const { id, op, value } = condition;
  const set = (next: unknown): void => change(id, (part) => ({ ...part, value: next }) as EditCondition, `${id} value`);
  const label = i18n.t("Value, rule {number}", { number });
  if (op === "missing" || op === "present" || field.kind === "flag") return <span className="sp-nothing" />;
  if (field.kind === "key" && op === "near") return <Near label={label} value={value as { key: string; within: number }} onChange={set} />;
  if (field.kind === "key") return <KeyChoice label={label} value={String(value)} onChange={set} />;
  if (field.kind === "sounds_like") return <LikeValue label={label} value={value as { at_least: number }} onChange={set} />;
  if (field.kind === "playlist") return <PlaylistChoice label={label} value={String(value ?? "")} onChange={set} />;
  if (field.kind === "date" && op.endsWith("in_last")) return <Days label={label} value={value} onChange={set} />;
  if (op === "between") {
    const [low, high] = Array.isArray(value) ? (value as unknown[]) : ["", ""];
    const from = i18n.t("From, rule {number}", { number });
    const to = i18n.t("To, rule {number}", { number });
    return (
      <span className="sp-two">
        <One label={from} field={field} value={low} onChange={(next) => set([next, high])} />
        <One label={to} field={field} value={high} onChange={(next) => set([low, next])} />
      </span>
    );
  }
  return <One label={label} field={field} value={value} onChange={set} />;
}

function One({ label, field, value, onChange }: { label: string; field: RuleField; value: unknown; onChange: (value: unknown) => void }) {
  const marks = useMarks();
  if (field.kind === "date") return <input type="date" className="input" aria-label={label} max="9999-12-31" value={String(value ?? "")} {...marks} onChange={(event) => onChange(event.target.value)} />;
  if (field.kind === "number" || field.kind === "mood") return <Amount label={label} value={value} unit={field.kind === "mood" ? "0 to 1" : field.unit} onChange={onChange} />;
  return <TextValue label={label} field={field.name} suggests={field.suggests} value={String(value ?? "")} onChange={onChange} />;
}
