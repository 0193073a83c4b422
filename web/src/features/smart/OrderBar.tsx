import { i18n } from "@lingui/core";
import { useState } from "react";
import type { Draft, Limit, SortBy } from "@/media/rules/rule";
import type { RuleField } from "@/media/rules/words";
import { Button, IconButton } from "@/shared/ui/Button";
import { Icon } from "@/shared/ui/Icon";
import { marksOf, useEditing } from "./context";
import { FaultNote, FieldOptions } from "./Lines";

type Unit = "tracks" | "minutes" | "megabytes";
type Change = (change: (draft: Draft) => Draft, what?: string) => void;

const amountOf = (limit: Limit | null): number | null => (limit ? (Object.values(limit)[0] as number) : null);
const unitOf = (limit: Limit | null): Unit => (limit ? (Object.keys(limit)[0] as Unit) : "tracks");

function LimitFields({ limit, edit }: { limit: Limit | null; edit: Change }) {
  const [unit, setUnit] = useState<Unit>(unitOf(limit));
  const { fault } = useEditing();
  const shown = limit ? unitOf(limit) : unit;
  const set = (amount: number | null, of: Unit): void => edit((draft) => ({ ...draft, limit: amount ? ({ [of]: amount } as Limit) : null }), "limit");
  return (
    <>
      <label className="field sp-limit">
        <span className="label">{i18n.t("Limit")}</span>
        <input
          className="input num"
          aria-label={i18n.t("Limit")}
          inputMode="numeric"
          autoComplete="off"
          maxLength={7}
          placeholder={i18n.t("none")}
          value={amountOf(limit) ?? ""}
          {...marksOf(fault, "limit", null)}
          onChange={(event) => {
            const digits = event.target.value.replace(/\D/g, "");
            set(digits ? Number(digits) : null, shown);
          }}
        />
      </label>
      <label className="field sp-unit">
        <span className="label">{i18n.t("Of")}</span>
        <select
          className="select"
          aria-label={i18n.t("What the limit counts")}
          value={shown}
          onChange={(event) => {
            const next = event.target.value as Unit;
            setUnit(next);
            if (limit) set(amountOf(limit), next);
          }}
        >
          <option value="tracks">{i18n.t("tracks")}</option>
          <option value="minutes">{i18n.t("minutes")}</option>
          <option value="megabytes">{i18n.t("megabytes")}</option>
        </select>
      </label>
    </>
  );
}

/** What up and down mean for a field. */
function directions(kind: RuleField["kind"] | undefined): [string, string] {
  if (kind === "text") return [i18n.t("A to Z"), i18n.t("Z to A")];
  if (kind === "date") return [i18n.t("oldest first"), i18n.t("newest first")];
  if (kind === "flag") return [i18n.t("no first"), i18n.t("yes first")];
  return [i18n.t("lowest first"), i18n.t("highest first")];
}
const sortable = (field: RuleField): boolean => field.sortable;

interface SortProps {
  sort: SortBy;
  at: number;
  fields: ReadonlyMap<string, RuleField>;
  change: (sort: SortBy | null) => void;
}
function SortLine({ sort, at, fields, change }: SortProps) {
  const number = at + 1;
  const { fault } = useEditing();
  const [up, down] = directions(fields.get(sort.by)?.kind);
  return (
    <div className="sp-sort" data-random={sort.by === "random" || undefined}>
      <select className="select" aria-label={i18n.t("Order {number}", { number })} value={sort.by} {...marksOf(fault, `sort ${at}`, null)} onChange={(event) => change({ by: event.target.value, descending: fields.get(event.target.value)?.kind !== "text" && event.target.value !== "random" })}>
        <option value="random">{i18n.t("Random")}</option>
        <FieldOptions fields={fields.values()} only={sortable} />
      </select>
      {sort.by !== "random" && (
        <select className="select" aria-label={i18n.t("Direction, order {number}", { number })} value={sort.descending ? "down" : "up"} onChange={(event) => change({ ...sort, descending: event.target.value === "down" })}>
          <option value="up">{up}</option>
          <option value="down">{down}</option>
        </select>
      )}
      <IconButton icon="close" size="s" label={i18n.t("Remove order {number}", { number })} onClick={() => change(null)} />
      <FaultNote id={`sort ${at}`} />
    </div>
  );
}

const someSeed = (): number => Math.floor(Math.random() * 2 ** 31);

/** How much of what matches is kept, and in what order. */
export function OrderBar({ draft, fields, edit }: { draft: Draft; fields: ReadonlyMap<string, RuleField>; edit: Change }) {
  const random = draft.sort.some((one) => one.by === "random");
  const put = (at: number, sort: SortBy | null): void =>
    edit((old) => {
      const sorts = sort ? old.sort.map((one, i) => (i === at ? sort : one)) : old.sort.filter((_, i) => i !== at);
      return { ...old, sort: sorts, seed: sorts.some((one) => one.by === "random") ? (old.seed ?? someSeed()) : null };
    });
  const add = (): void => edit((old) => ({ ...old, sort: [...old.sort, { by: old.sort.length === 0 ? "added" : "title", descending: old.sort.length === 0 }] }));
  return (
    <div className="sp-order">
      <LimitFields limit={draft.limit} edit={edit} />
      <FaultNote id="limit" />
      <div className="field sp-sorts" role="group" aria-label={i18n.t("Sorted by")}>
        <span className="label">{i18n.t("Sorted by")}</span>
        {draft.sort.map((sort, at) => (
          <SortLine key={at} sort={sort} at={at} fields={fields} change={(next) => put(at, next)} />
        ))}
        <div className="sp-add">
          <button type="button" className="sp-plus" disabled={draft.sort.length >= 10} onClick={add}>
            <Icon name="plus" size="s" />
            {draft.sort.length === 0 ? i18n.t("Order") : i18n.t("Then by")}
          </button>
          {random && (
            <Button kind="quiet" size="s" icon="shuffle" onClick={() => edit((old) => ({ ...old, seed: someSeed() }))}>
              {i18n.t("Another shuffle")}
            </Button>
          )}
        </div>
      </div>
    </div>
  );
}
