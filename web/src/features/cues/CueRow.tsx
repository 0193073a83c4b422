import { i18n } from "@lingui/core";
import { useState, type KeyboardEvent } from "react";
import { IconButton } from "@/shared/ui/Button";
import { Icon } from "@/shared/ui/Icon";
import { openMenu } from "@/shared/ui/menu";
import { colours, endedAt, movedTo, padsFor, place, readPlace, type Shown } from "./cues";

interface CueRowProps {
  cue: Shown;
  cues: readonly Shown[];
  duration: number;
  chosen: boolean;
  /** Whether it is what sounds now. */
  onPlay: () => void;
  onChoose: () => void;
  onChange: (cue: Shown) => void;
  onDelete: () => void;
}

const colourNames = (): Record<string, string> => ({
  [colours[0]]: i18n.t("Red"),
  [colours[1]]: i18n.t("Orange"),
  [colours[2]]: i18n.t("Yellow"),
  [colours[3]]: i18n.t("Green"),
  [colours[4]]: i18n.t("Turquoise"),
  [colours[5]]: i18n.t("Blue"),
  [colours[6]]: i18n.t("Violet"),
  [colours[7]]: i18n.t("Pink"),
});

export function CueRow({ cue, cues, duration, chosen, onPlay, onChoose, onChange, onDelete }: CueRowProps) {
  const padName = cue.number === null ? i18n.t("no pad") : i18n.t("Pad {n}", { n: cue.number + 1 });
  const name = cue.name || padName;
  const colourMenu = (anchor: HTMLElement): void =>
    openMenu(anchor, i18n.t("Colour of {name}", { name }), [
      { label: i18n.t("No colour"), checked: cue.colour === null, run: () => onChange({ ...cue, colour: null }) },
      ...colours.map((colour) => ({ label: colourNames()[colour] ?? colour, checked: cue.colour === colour, run: () => onChange({ ...cue, colour }) })),
    ]);
  const padMenu = (anchor: HTMLElement): void =>
    openMenu(anchor, i18n.t("Pad of {name}", { name }), [
      { label: i18n.t("No pad: a memory cue"), checked: cue.number === null, run: () => onChange({ ...cue, number: null }) },
      ...padsFor(cues, cue).map((pad) => ({ label: i18n.t("Pad {n}", { n: pad + 1 }), checked: cue.number === pad, run: () => onChange({ ...cue, number: pad }) })),
    ]);
  return (
    // Only notes which row the focus is in.
    // eslint-disable-next-line jsx-a11y/no-noninteractive-element-interactions
    <li className="cue-row" data-chosen={chosen || undefined} style={{ ["--cue" as string]: cue.colour ?? "var(--text-3)" }} onFocus={onChoose}>
      <IconButton icon="play" size="s" label={cue.kind === "loop" ? i18n.t("Play the loop {name}", { name }) : i18n.t("Play from {name}", { name })} onClick={onPlay} />
      <button type="button" className="cue-colour" aria-haspopup="menu" aria-label={i18n.t("Colour of {name}", { name })} onClick={(event) => colourMenu(event.currentTarget)} />
      <button type="button" className="cue-pad num" aria-haspopup="menu" aria-label={i18n.t("Pad of {name}: {pad}", { name, pad: padName })} onClick={(event) => padMenu(event.currentTarget)}>
        {cue.number === null ? "–" : cue.number + 1}
      </button>
      <input className="input cue-name" aria-label={i18n.t("Name of {name}", { name })} placeholder={cue.kind === "loop" ? i18n.t("Loop") : i18n.t("Cue")} value={cue.name} maxLength={200} autoComplete="off" onChange={(event) => onChange({ ...cue, name: event.target.value })} />
      <Place label={i18n.t("Start of {name}", { name })} value={cue.start_s} onPlace={(to) => onChange(movedTo(cue, to, duration))} />
      {cue.end_s === null ? <span className="cue-no-end" /> : <Place label={i18n.t("End of {name}", { name })} value={cue.end_s} onPlace={(to) => onChange(endedAt(cue, to, duration))} />}
      <button type="button" className="icon-btn" data-size="s" aria-label={i18n.t("Delete {name}", { name })} data-tip={i18n.t("Delete")} data-keys="Del" onClick={onDelete}>
        <Icon name="trash" />
      </button>
    </li>
  );
}

/** A time one can type; what cannot be read goes back to what it was. */
function Place({ label, value, onPlace }: { label: string; value: number; onPlace: (seconds: number) => void }) {
  const [typed, setTyped] = useState<string | null>(null);
  const take = (): void => {
    const seconds = typed === null ? null : readPlace(typed);
    setTyped(null);
    if (seconds !== null && seconds !== value) onPlace(seconds);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const step = event.key === "ArrowUp" ? 0.01 : event.key === "ArrowDown" ? -0.01 : 0;
    if (event.key === "Enter") take();
    else if (step !== 0) {
      setTyped(null);
      onPlace(value + step * (event.shiftKey ? 10 : 1));
    } else return;
    event.preventDefault();
  };
  return <input className="input num cue-place" inputMode="decimal" aria-label={label} value={typed ?? place(value)} autoComplete="off" onChange={(event) => setTyped(event.target.value)} onBlur={take} onKeyDown={onKeyDown} />;
}
