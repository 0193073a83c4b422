import { i18n } from "@lingui/core";
import { useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { apiUrl } from "@/shared/api/client";
import type { SetDetail } from "@/shared/api/djSets";
import { useUser } from "@/shared/api/session";
import { usePhone } from "@/shared/hooks/useMedia";
import { length, trackCount } from "@/shared/lib/format";
import { Button, IconButton } from "@/shared/ui/Button";
import { ConfirmDialog } from "@/shared/ui/ConfirmDialog";
import { Segmented } from "@/shared/ui/controls";
import { openMenu, type MenuEntry } from "@/shared/ui/menu";
import { changeSet } from "./api";
import { PickDialog } from "./dialogs";
import type { SetDialog } from "./Builder";
import type { Sums } from "./order";
import type { History } from "./useHistory";
import { curveNames, curveWords, lengthWords, usePoolWords } from "./words";

interface HeadProps {
  set: SetDetail;
  sums: Sums;
  history: History;
  running: boolean;
  /** Something else is the thing to do now. */
  quiet: boolean;
  drawing: boolean;
  onUndo: () => void;
  onRedo: () => void;
  onOptimise: () => void;
  onStop: () => void;
  onDialog: (dialog: SetDialog) => void;
  onAdd: () => void;
  onDelete: () => Promise<void>;
  onPlay: () => void;
  onDraw: () => void;
}

const formats = [
  ["rekordbox", "Rekordbox XML"],
  ["nml", "Traktor NML"],
  ["m3u8", "M3U8"],
  ["csv", "CSV"],
] as const;
const lengths = [30, 45, 60, 90, 120];
const usual = ["rise", "arc"];

export function SetHead({ set, sums, history, running, quiet, drawing, onUndo, onRedo, onOptimise, onStop, onDialog, onAdd, onDelete, onPlay, onDraw }: HeadProps) {
  const client = useQueryClient();
  const navigate = useNavigate();
  const phone = usePhone();
  const user = useUser();
  const pool = usePoolWords(set.pool);
  const [asking, setAsking] = useState(false);
  const [pick, setPick] = useState<{ label: string; entries: readonly MenuEntry[] } | null>(null);
  const none = set.slots.length === 0;
  const curve = drawing ? "draw" : (set.curve.name ?? "arc");
  const setCurve = (name: string): void => (name === "draw" ? onDraw() : void changeSet(client, set.id, { curve: { ...set.curve, name, points: null } }));
  const sheet = (): void => void navigate({ to: "/sheet/$kind/$id", params: { kind: "set", id: set.id } });

  const exportEntries: MenuEntry[] = [
    ...formats.map(([format, label]) => ({ label, icon: "download" as const, run: () => window.location.assign(apiUrl(`exports/set/${set.id}?format=${format}`)) })),
    "line",
    { label: i18n.t("Crate sheet to print"), icon: "list", run: sheet },
    ...(user.role === "guest" ? [] : [{ label: i18n.t("Save as playlist…"), icon: "plus" as const, run: () => onDialog("save") }]),
  ];
  const curveEntries = (): MenuEntry[] => [...curveNames.map((name) => ({ label: curveWords(name), checked: curve === name, run: () => setCurve(name) })), "line", { label: i18n.t("Draw"), checked: curve === "draw", run: () => setCurve("draw") }];
  const lengthEntries = (): MenuEntry[] => [
    ...lengths.map((minutes) => ({ label: i18n.t("{minutes} min", { minutes }), checked: set.length.minutes === minutes, run: () => void changeSet(client, set.id, { length: { minutes } }) })),
    { label: i18n.t("Whole pool"), checked: !set.length.minutes && !set.length.tracks, run: () => void changeSet(client, set.id, { length: {} }) },
    "line",
    { label: i18n.t("Other length…"), run: () => onDialog("length") },
  ];
  const moreEntries = (): MenuEntry[] => [
    { label: i18n.t("Play the set"), icon: "play", disabled: none, run: onPlay },
    { label: i18n.t("Add a track"), icon: "plus", run: onAdd },
    { label: i18n.t("What counts…"), icon: "gauge", run: () => onDialog("rules") },
    { label: i18n.t("Rename…"), icon: "edit", run: () => onDialog("rename") },
    "line",
    { label: i18n.t("Delete the set…"), icon: "trash", danger: true, run: () => setAsking(true) },
  ];
  // A finger does not find its way into a menu beside a menu.
  const then = (label: string, entries: () => readonly MenuEntry[]) => (): void => setPick({ label, entries: entries() });
  const phoneEntries = (): MenuEntry[] => [
    { label: i18n.t("Undo"), icon: "undo", disabled: !history.canUndo, run: onUndo },
    { label: i18n.t("Redo"), icon: "refresh", disabled: !history.canRedo, run: onRedo },
    "line",
    { label: i18n.t("Pool: {pool}", { pool }), icon: "filter", run: () => onDialog("pool") },
    { label: i18n.t("Length: {length}", { length: lengthWords(set.length) }), icon: "clock", run: () => onDialog("length") },
    { label: i18n.t("Curve: {curve}", { curve: curveWords(curve) }), icon: "gauge", run: then(i18n.t("Curve"), curveEntries) },
    { label: i18n.t("Export"), icon: "download", disabled: none, run: then(i18n.t("Export"), () => exportEntries) },
    "line",
    ...moreEntries(),
  ];

  const go = running ? (
    <Button icon="close" onClick={onStop}>
      {i18n.t("Stop")}
    </Button>
  ) : (
    <Button {...(quiet ? {} : { kind: "primary" as const })} icon={phone ? undefined : "wand"} onClick={onOptimise}>
      {i18n.t("Optimise")}
    </Button>
  );
  const shown = [...new Set([...usual, ...(curve === "draw" ? [] : [curve])])].map((name) => ({ value: name, label: curveWords(name) }));
  return (
    <header className="dj-head">
      <div className="grow cut">
        <h1 className="h-28 cut" data-tip={set.name} data-tip-cut>
          {set.name}
        </h1>
        <p className="t-12 t-3 num dj-facts">
          {trackCount(set.slots.length)}
          {!none && (
            <>
              <span className="dot" />
              {length(sums.duration)}
            </>
          )}
          {sums.average !== null && !phone && (
            <>
              <span className="dot" />
              {i18n.t("average joint {score}", { score: sums.average })}
            </>
          )}
          {sums.weak > 0 && (
            <>
              <span className="dot" />
              <span className="dj-weak">{i18n.t("{n} weak", { n: sums.weak })}</span>
            </>
          )}
        </p>
      </div>
      {phone ? (
        <IconButton icon="more" label={i18n.t("More")} onClick={(event) => openMenu(event.currentTarget, i18n.t("More"), phoneEntries())} />
      ) : (
        <>
          <Button kind="quiet" icon="filter" className="dj-pool-btn" onClick={() => onDialog("pool")} aria-haspopup="dialog">
            <span className="sr">{i18n.t("Pool:")} </span>
            {pool}
          </Button>
          <Button kind="quiet" icon="clock" aria-haspopup="menu" onClick={(event) => openMenu(event.currentTarget, i18n.t("Length"), lengthEntries())}>
            <span className="sr">{i18n.t("Length")}: </span>
            {lengthWords(set.length)}
          </Button>
          <span className="row dj-curves">
            <Segmented size="s" label={i18n.t("Curve")} value={curve} options={[...shown, { value: "draw", label: i18n.t("Draw") }]} onChange={setCurve} />
            <IconButton icon="chev-down" size="s" label={i18n.t("More curves")} aria-haspopup="menu" onClick={(event) => openMenu(event.currentTarget, i18n.t("Curve"), curveEntries())} />
          </span>
          <IconButton icon="undo" label={i18n.t("Undo")} keys="Ctrl Z" disabled={!history.canUndo} onClick={onUndo} />
          <IconButton icon="undo" className="dj-redo" label={i18n.t("Redo")} keys="Ctrl Y" disabled={!history.canRedo} onClick={onRedo} />
          <Button aria-haspopup="menu" disabled={none} onClick={(event) => openMenu(event.currentTarget, i18n.t("Export"), exportEntries)}>
            {i18n.t("Export")}
          </Button>
          <IconButton icon="more" label={i18n.t("More")} onClick={(event) => openMenu(event.currentTarget, i18n.t("More"), moreEntries())} />
        </>
      )}
      {go}
      {pick && <PickDialog {...pick} onClose={() => setPick(null)} />}
      {asking && (
        <ConfirmDialog
          title={i18n.t("Delete “{name}”?", { name: set.name })}
          about={i18n.t("The order, its locks and its earlier states are gone for good. The music stays.")}
          verb={i18n.t("Delete")}
          working={i18n.t("Deleting")}
          onConfirm={onDelete}
          onClose={() => setAsking(false)}
        />
      )}
    </header>
  );
}
