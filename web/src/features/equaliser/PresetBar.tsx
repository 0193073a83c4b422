import { i18n } from "@lingui/core";
import { useEffect, useRef, useState, type FormEvent } from "react";
import { presetWords } from "@/media/presetWords";
import type { Equaliser } from "@/player/playbackSettings";
import { builtInNames, isBuiltIn, longestName, mostPresets, ownKey, ownName, type Preset } from "@/player/sound/presets";
import { Problem } from "@/shared/api/problem";
import { Button, IconButton } from "@/shared/ui/Button";
import { Field, Select } from "@/shared/ui/Field";
import { toast } from "@/shared/ui/toast";
import { chooseBuiltIn, chooseOwn, deletePreset, renamePreset, restorePresets, savePreset } from "./verbs";

type Naming = { verb: "save" } | { verb: "rename"; from: string };

function NameForm({ naming, presets, onDone }: { naming: Naming; presets: readonly Preset[]; onDone: () => void }) {
  const [name, setName] = useState(naming.verb === "rename" ? naming.from : "");
  const [busy, setBusy] = useState(false);
  const [fault, setFault] = useState<string | null>(null);
  const form = useRef<HTMLFormElement>(null);
  // The button that opened it is gone.
  useEffect(() => form.current?.querySelector("input")?.focus(), []);
  const taken = presets.some((one) => one.name === name.trim());
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    const wanted = name.trim();
    if (!wanted) return setFault(i18n.t("Enter a name."));
    if (naming.verb === "rename" && wanted !== naming.from && taken) return setFault(i18n.t("There is one of this name already."));
    if (naming.verb === "save" && !taken && presets.length >= mostPresets) return setFault(i18n.t("{most} are the most that can be kept. Delete one first.", { most: mostPresets }));
    setBusy(true);
    try {
      await (naming.verb === "save" ? savePreset(presets, wanted) : renamePreset(presets, naming.from, wanted));
      onDone();
    } catch (error) {
      setFault(error instanceof Problem ? error.message : String(error));
      setBusy(false);
    }
  };
  return (
    <form ref={form} className="inline-form" onSubmit={(event) => void submit(event)} noValidate>
      <Field
        label={i18n.t("Name of the preset")}
        value={name}
        maxLength={longestName}
        autoComplete="off"
        error={fault}
        note={naming.verb === "save" && taken ? i18n.t("The one of this name is replaced.") : i18n.t("Kept in your account, for all your devices.")}
        onChange={(event) => setName(event.target.value)}
      />
      <Button type="submit" busy={busy && i18n.t("Saving")}>
        {i18n.t("Save")}
      </Button>
      <Button kind="quiet" onClick={onDone}>
        {i18n.t("Cancel")}
      </Button>
    </form>
  );
}

/** Choose, save, rename, delete. */
export function PresetBar({ eq, presets }: { eq: Equaliser; presets: readonly Preset[] }) {
  const [naming, setNaming] = useState<Naming | null>(null);
  if (naming) return <NameForm naming={naming} presets={presets} onDone={() => setNaming(null)} />;

  const own = presets.find((one) => ownKey(one.name) === eq.preset);
  const known = eq.preset !== null && (isBuiltIn(eq.preset) || own);
  const options = [
    ...(known ? [] : [{ value: "", label: eq.preset ? ownName(eq.preset) : presetWords(null) }]),
    ...builtInNames.map((key) => ({ value: key, label: presetWords(key) })),
    ...presets.map(({ name }) => ({ value: ownKey(name), label: name })),
  ];
  const choose = (value: string): void => {
    const chosen = presets.find((one) => ownKey(one.name) === value);
    if (isBuiltIn(value)) chooseBuiltIn(value);
    else if (chosen) chooseOwn(chosen);
  };
  const remove = async (name: string): Promise<void> => {
    try {
      await deletePreset(presets, name);
      toast({ text: i18n.t("{name} is deleted", { name }), action: { label: i18n.t("Undo"), run: () => void restorePresets(presets).catch(() => toast({ text: i18n.t("The account could not be reached.") })) } });
    } catch {
      toast({ text: i18n.t("The account could not be reached.") });
    }
  };
  return (
    <>
      <Select className="eq-preset" label={i18n.t("Preset")} hideLabel options={options} value={known && eq.preset ? eq.preset : ""} onChange={(event) => choose(event.target.value)} />
      <IconButton icon="plus" label={i18n.t("Save as a preset")} onClick={() => setNaming({ verb: "save" })} />
      {own && (
        <>
          <IconButton icon="edit" label={i18n.t("Rename {name}", { name: own.name })} onClick={() => setNaming({ verb: "rename", from: own.name })} />
          <IconButton icon="trash" label={i18n.t("Delete {name}", { name: own.name })} onClick={() => void remove(own.name)} />
        </>
      )}
    </>
  );
}
