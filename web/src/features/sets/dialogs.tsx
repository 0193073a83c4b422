import { i18n } from "@lingui/core";
import { useQueryClient } from "@tanstack/react-query";
import { useState, type FormEvent } from "react";
import type { SetDetail, SetLength, SetPool, SetSettings } from "@/shared/api/djSets";
import { Button } from "@/shared/ui/Button";
import { Chip } from "@/shared/ui/controls";
import { Dialog } from "@/shared/ui/Dialog";
import { Field } from "@/shared/ui/Field";
import { Icon } from "@/shared/ui/Icon";
import type { MenuAction, MenuEntry } from "@/shared/ui/menu";
import { changeSet } from "./api";
import { LengthFields, lengthFault } from "./LengthFields";
import { PoolFields } from "./PoolFields";
import { isWhole } from "./pools";

interface DialogProps {
  set: SetDetail;
  onClose: () => void;
}

/** Fields of a dialog with its two buttons. */
function Form({ onSave, onClose, blocked, children }: { onSave: () => void; onClose: () => void; blocked: boolean; children: React.ReactNode }) {
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (!blocked) onSave();
  };
  return (
    <form className="form" onSubmit={submit}>
      {children}
      <footer>
        <Button onClick={onClose}>{i18n.t("Cancel")}</Button>
        <Button kind="primary" type="submit" disabled={blocked}>
          {i18n.t("Save")}
        </Button>
      </footer>
    </form>
  );
}

export function PoolDialog({ set, onClose }: DialogProps) {
  const client = useQueryClient();
  const [pool, setPool] = useState<SetPool>(set.pool);
  const save = (): void => {
    void changeSet(client, set.id, { pool });
    onClose();
  };
  return (
    <Dialog open onClose={onClose} title={i18n.t("Pool")} about={i18n.t("What Optimise may choose from. The set stays as it is until then.")}>
      <Form onSave={save} onClose={onClose} blocked={!isWhole(pool)}>
        <PoolFields pool={pool} onChange={setPool} />
      </Form>
    </Dialog>
  );
}

export function LengthDialog({ set, onClose }: DialogProps) {
  const client = useQueryClient();
  const [length, setLength] = useState<SetLength>(set.length);
  const save = (): void => {
    void changeSet(client, set.id, { length });
    onClose();
  };
  return (
    <Dialog open onClose={onClose} title={i18n.t("Length")}>
      <Form onSave={save} onClose={onClose} blocked={lengthFault(length) !== null}>
        <LengthFields length={length} onChange={setLength} />
      </Form>
    </Dialog>
  );
}

export function RenameDialog({ set, onClose }: DialogProps) {
  const client = useQueryClient();
  const [name, setName] = useState(set.name);
  const save = (): void => {
    void changeSet(client, set.id, { name: name.trim() });
    onClose();
  };
  return (
    <Dialog open onClose={onClose} title={i18n.t("Rename")}>
      <Form onSave={save} onClose={onClose} blocked={name.trim() === ""}>
        <Field label={i18n.t("Name")} value={name} maxLength={200} onChange={(event) => setName(event.target.value)} />
      </Form>
    </Dialog>
  );
}

const terms = ["tempo", "key", "jump", "sound", "mix"] as const;
const termWords = (term: string): string => {
  if (term === "tempo") return i18n.t("Tempo");
  if (term === "key") return i18n.t("Key");
  if (term === "jump") return i18n.t("Energy");
  return term === "sound" ? i18n.t("Sound") : i18n.t("Intro and outro");
};

/** What counts in this set. */
export function RulesDialog({ set, onClose }: DialogProps) {
  const client = useQueryClient();
  const [settings, setSettings] = useState<SetSettings>(set.settings);
  const most = settings.max_per_artist;
  const chooses = Boolean(set.length.minutes ?? set.length.tracks);
  const change = (part: Partial<SetSettings>): void => setSettings({ ...settings, ...part });
  const toggle = (term: string): void => change({ ignore: settings.ignore.includes(term) ? settings.ignore.filter((one) => one !== term) : [...settings.ignore, term] });
  const save = (): void => {
    void changeSet(client, set.id, { settings });
    onClose();
  };
  const number = (text: string, top: number): number => Math.min(top, Math.max(0, Math.round(Number(text) || 0)));
  return (
    <Dialog open onClose={onClose} title={i18n.t("What counts")} about={i18n.t("By this joints are judged and orders are found.")}>
      <Form onSave={save} onClose={onClose} blocked={false}>
        <div className="field">
          <span className="label">{i18n.t("Joints are judged by")}</span>
          <div className="chips" role="group" aria-label={i18n.t("Joints are judged by")}>
            {terms.map((term) => (
              <Chip key={term} pressed={!settings.ignore.includes(term)} onClick={() => toggle(term)}>
                {termWords(term)}
              </Chip>
            ))}
          </div>
        </div>
        <Field label={i18n.t("Tracks between two of one artist")} type="number" min={0} max={20} value={String(settings.artist_gap)} onChange={(event) => change({ artist_gap: number(event.target.value, 20) })} />
        <Field label={i18n.t("Tracks between two of one album")} type="number" min={0} max={20} value={String(settings.album_gap)} onChange={(event) => change({ album_gap: number(event.target.value, 20) })} />
        <Field
          label={i18n.t("Most tracks by one artist")}
          note={chooses ? i18n.t("Empty = as many as fit.") : i18n.t("Only where tracks are chosen: give the set a length first.")}
          type="number"
          min={1}
          max={500}
          disabled={!chooses}
          value={most === null ? "" : String(most)}
          onChange={(event) => change({ max_per_artist: number(event.target.value, 500) || null })}
        />
      </Form>
    </Dialog>
  );
}

/** A menu's entries as buttons of their own. */
export function PickDialog({ label, entries, onClose }: { label: string; entries: readonly MenuEntry[]; onClose: () => void }) {
  const actions = entries.filter((entry): entry is MenuAction => entry !== "line" && "run" in entry);
  return (
    <Dialog open onClose={onClose} title={label}>
      <div className="dj-pick">
        {actions.map(({ label: name, icon, checked, run }) => (
          <button
            key={name}
            type="button"
            aria-pressed={checked}
            onClick={() => {
              onClose();
              run();
            }}
          >
            {icon && <Icon name={icon} />}
            <span className="grow">{name}</span>
            {checked && <Icon name="check" size="s" />}
          </button>
        ))}
      </div>
    </Dialog>
  );
}
