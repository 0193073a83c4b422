import { i18n } from "@lingui/core";
import { useState, type FormEvent } from "react";
import { Button } from "@/shared/ui/Button";
import { Segmented, Switch } from "@/shared/ui/controls";
import { Dialog } from "@/shared/ui/Dialog";
import { Field } from "@/shared/ui/Field";
import type { Piece } from "./api";
import { inputsOf, read, shown, type Input } from "./fields";
import { curveName, curveNames } from "./words";

interface PieceProps {
  piece: Piece;
  title: string;
  onDone: (piece: Piece) => void;
  onClose: () => void;
}

/** One piece of the plan in a small form. What was typed for it is no longer what it came from. */
export default function PieceDialog({ piece, title, onDone, onClose }: PieceProps) {
  const [value, setValue] = useState(piece.value);
  const [texts, setTexts] = useState<Readonly<Record<string, string>>>({});
  const inputs = inputsOf(piece.kind, piece.value);
  const textOf = (input: Input): string => texts[input.name] ?? shown(input, value);

  const submit = (event: FormEvent): void => {
    event.preventDefault();
    const typed = inputs.filter((input) => texts[input.name] !== undefined).map((input) => [input.name, read(input, textOf(input))] as const);
    // Other words ask for another level of energy than the ones before.
    const edge = piece.kind === "start" || piece.kind === "end";
    const level = edge && texts.text !== undefined && texts.level === undefined ? [["level", undefined] as const] : [];
    const next = Object.fromEntries(Object.entries({ ...value, ...Object.fromEntries([...typed, ...level]) }).filter(([, own]) => own !== undefined));
    onDone({ kind: piece.kind, value: next, words: piece.words ?? "", sure: true });
  };
  const field = (input: Input, first: boolean) => {
    if (input.type === "choice") return <Segmented key={input.name} label={input.label} value={String(value[input.name] === true)} options={input.options.map((one) => ({ value: String(one.value), label: one.label }))} onChange={(to) => setValue({ ...value, [input.name]: to === "true" })} />;
    if (input.type === "curve") return <Segmented key={input.name} label={input.label} value={String(value.name ?? "")} options={curveNames.map((name) => ({ value: name as string, label: curveName(name) }))} onChange={(name) => setValue({ name })} />;
    if (input.type === "not") {
      return <Switch key={input.name} label={input.label} checked={value.not === true} onChange={(on) => setValue(on ? { ...value, not: true } : Object.fromEntries(Object.entries(value).filter(([name]) => name !== "not")))} />;
    }
    const number = input.type === "number";
    return (
      <Field
        key={input.name}
        label={input.label}
        note={"note" in input ? input.note : undefined}
        value={textOf(input)}
        required={!("optional" in input)}
        // The dialog opens for this field.
        // eslint-disable-next-line jsx-a11y/no-autofocus
        autoFocus={first}
        maxLength={200}
        {...(number ? { type: "number", min: input.min, max: input.max, step: input.step ?? (input.name === "minutes" ? "any" : 1), inputMode: "decimal" as const } : {})}
        onChange={(event) => setTexts({ ...texts, [input.name]: event.target.value })}
      />
    );
  };
  return (
    <Dialog open onClose={onClose} title={title}>
      <form className="prompt-form" onSubmit={submit}>
        {inputs.map((input, i) => field(input, i === 0))}
        <footer>
          <Button onClick={onClose}>{i18n.t("Cancel")}</Button>
          <Button kind="primary" type="submit">
            {i18n.t("Make again")}
          </Button>
        </footer>
      </form>
    </Dialog>
  );
}
