import { i18n } from "@lingui/core";
import type { TrackSort } from "@/shared/api/types";
import { Icon } from "@/shared/ui/Icon";
import { openMenu } from "@/shared/ui/menu";
import { isChoosable, toggleColumn, useHiddenColumns } from "./columnChoice";
import { sortOf, type TrackColumn } from "./trackColumns";

export interface ListOrder {
  by: TrackSort;
  descending: boolean;
  /** The head of a column was pressed. */
  onSort: (by: TrackSort) => void;
}

const heads = (): Partial<Record<TrackColumn, string>> => ({
  number: "#",
  title: i18n.t("Title"),
  artist: i18n.t("Artist"),
  album: i18n.t("Album"),
  bpm: i18n.t("BPM"),
  key: i18n.t("Key"),
  energy: i18n.t("Energy"),
  quality: i18n.t("Quality"),
  plays: i18n.t("Plays"),
  why: i18n.t("Why"),
  time: i18n.t("Time"),
});
const hiddenHeads = (): Partial<Record<TrackColumn, string>> => ({ art: i18n.t("Cover"), grip: i18n.t("Move"), like: i18n.t("Liked"), more: i18n.t("More") });
const right: readonly TrackColumn[] = ["number", "bpm", "plays", "time", "more"];

interface HeadProps {
  columns: readonly TrackColumn[];
  /** All columns the list could have. */
  possible: readonly TrackColumn[];
  /** Read by screen readers only. */
  unseen: boolean;
  order?: ListOrder | undefined;
}

export function TrackHead({ columns, possible, unseen, order }: HeadProps) {
  const sorted = (column: TrackColumn): "ascending" | "descending" | undefined => (order && sortOf[column] === order.by ? (order.descending ? "descending" : "ascending") : undefined);
  return (
    <div role="row" className={unseen ? "head sr" : "head"} aria-rowindex={1}>
      {columns.map((column) => (
        <span key={column} role="columnheader" className={right.includes(column) ? "r" : undefined} aria-sort={sorted(column)}>
          {unseen || !order || !sortOf[column] ? (!unseen && column === "more" ? <ColumnsButton possible={possible} /> : <Name column={column} />) : <SortHead column={column} order={order} />}
        </span>
      ))}
    </div>
  );
}

function Name({ column }: { column: TrackColumn }) {
  return heads()[column] ?? <span className="sr">{hiddenHeads()[column]}</span>;
}

function SortHead({ column, order }: { column: TrackColumn; order: ListOrder }) {
  const by = sortOf[column];
  const on = by === order.by;
  return (
    <button type="button" className="head-sort" data-on={on || undefined} onClick={() => by && order.onSort(by)}>
      <span className="sr">{i18n.t("Sort by")} </span>
      {heads()[column]}
      {on && <Icon name="chev-down" size="s" />}
    </button>
  );
}

/** Which columns there are: a choice for all lists of this device. */
function ColumnsButton({ possible }: { possible: readonly TrackColumn[] }) {
  const hidden = useHiddenColumns((state) => state.hidden);
  const choices = possible.filter(isChoosable);
  if (choices.length === 0) return <Name column="more" />;
  const open = (anchor: HTMLElement): void =>
    openMenu(
      anchor,
      i18n.t("Columns"),
      choices.map((column) => ({ label: heads()[column] ?? column, checked: !hidden.includes(column), run: () => toggleColumn(column) })),
    );
  return (
    <button type="button" className="head-cols" aria-label={i18n.t("Columns")} data-tip={i18n.t("Columns")} aria-haspopup="menu" onClick={(event) => open(event.currentTarget)}>
      <Icon name="settings" size="s" />
    </button>
  );
}
