import { i18n } from "@lingui/core";
import { useState, type FormEvent } from "react";
import { Problem } from "@/shared/api/problem";
import { Button } from "@/shared/ui/Button";
import { Field } from "@/shared/ui/Field";

interface LabelFormProps {
  label: string;
  placeholder: string;
  verb: string;
  onMake: (label: string) => Promise<void>;
}

/** One field, one button: a name for the thing that is made. */
export function LabelForm({ label, placeholder, verb, onMake }: LabelFormProps) {
  const [text, setText] = useState("");
  const [busy, setBusy] = useState(false);
  const [fault, setFault] = useState<string | null>(null);
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    if (!text.trim()) return setFault(i18n.t("Enter a name, so that you can tell it from others later."));
    setBusy(true);
    setFault(null);
    try {
      await onMake(text.trim());
      setText("");
    } catch (error) {
      setFault(error instanceof Problem ? error.message : String(error));
    } finally {
      setBusy(false);
    }
  };
  return (
    <form className="inline-form" onSubmit={(event) => void submit(event)} noValidate>
      <Field label={label} placeholder={placeholder} value={text} maxLength={64} autoComplete="off" error={fault} onChange={(event) => setText(event.target.value)} />
      <Button type="submit" busy={busy && i18n.t("Making")}>
        {verb}
      </Button>
    </form>
  );
}
