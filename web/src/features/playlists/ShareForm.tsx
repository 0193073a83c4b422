import { i18n } from "@lingui/core";
import { useId, useState, type FormEvent } from "react";
import { Problem } from "@/shared/api/problem";
import type { ShareItem } from "@/shared/api/types";
import { Button } from "@/shared/ui/Button";
import { Switch } from "@/shared/ui/controls";
import { Field, Select } from "@/shared/ui/Field";
import { endOf, spans, untilWords, type NewShare } from "./shares";

const asItIs = "keep";

interface ShareFormProps {
  /** The link to change; without one the form makes a new one. */
  share?: ShareItem;
  /** Gets what was said, or of a link only what is to be changed. */
  send: (body: Partial<NewShare>) => Promise<void>;
  /** Behind the other button. */
  onCancel: () => void;
  cancel: string;
}

/** What a link allows, for how long, for whom, and whether it asks for a password. */
export function ShareForm({ share, send, onCancel, cancel }: ShareFormProps) {
  const about = useId();
  const [label, setLabel] = useState(share?.label ?? "");
  const [plays, setPlays] = useState(share?.plays ?? true);
  const [days, setDays] = useState(share ? asItIs : "30");
  const [asks, setAsks] = useState(share?.has_password ?? false);
  const [password, setPassword] = useState("");
  const [busy, setBusy] = useState(false);
  const [fault, setFault] = useState<{ field: string | null; text: string } | null>(null);
  const held = share?.has_password ?? false;

  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    if (busy) return;
    if (asks && !held && !password) return setFault({ field: "password", text: i18n.t("Enter a password.") });
    setBusy(true);
    setFault(null);
    const body: Partial<NewShare> = {};
    if (!share || label.trim() !== share.label) body.label = label.trim();
    if (!share || plays !== share.plays) body.plays = plays;
    if (days !== asItIs) body.expires_at = endOf(days);
    if (!asks && held) body.password = null;
    else if (asks && password) body.password = password;
    try {
      await send(body);
      if (!share) {
        setLabel("");
        setPassword("");
        setAsks(false);
      }
    } catch (error) {
      setFault(error instanceof Problem ? { field: error.field, text: error.offline ? i18n.t("The server does not answer.") : error.message } : { field: null, text: String(error) });
    }
    setBusy(false);
  };
  return (
    <form className="pl-form" onSubmit={(event) => void submit(event)} noValidate aria-label={share ? i18n.t("Change the link to {name}", { name: share.label || share.name }) : i18n.t("A new link")} aria-describedby={fault && fault.field !== "password" ? about : undefined}>
      <Switch label={i18n.t("They can listen")} note={i18n.t("Otherwise the link only shows what is in it.")} checked={plays} onChange={setPlays} />
      <div className="pls-two">
        <Select
          label={i18n.t("It stands")}
          value={days}
          options={[...(share ? [{ value: asItIs, label: i18n.t("As it is: {until}", { until: untilWords(share) }) }] : []), ...spans()]}
          onChange={(event) => setDays(event.target.value)}
        />
        <Field label={i18n.t("For whom (a note for you)")} value={label} maxLength={200} autoComplete="off" onChange={(event) => setLabel(event.target.value)} />
      </div>
      <Switch label={i18n.t("It asks for a password")} checked={asks} onChange={setAsks} />
      {asks && (
        <Field
          label={held ? i18n.t("New password") : i18n.t("Password")}
          note={held ? i18n.t("Empty: as before. Another one locks out who came with the old one.") : undefined}
          type="password"
          value={password}
          maxLength={200}
          autoComplete="new-password"
          error={fault?.field === "password" ? fault.text : null}
          onChange={(event) => setPassword(event.target.value)}
        />
      )}
      {fault && fault.field !== "password" && (
        <p className="field-note" id={about} data-kind="danger" role="alert">
          {fault.text}
        </p>
      )}
      <footer>
        <Button kind="quiet" onClick={onCancel}>
          {cancel}
        </Button>
        <Button kind="primary" type="submit" busy={busy && (share ? i18n.t("Saving") : i18n.t("Making the link"))}>
          {share ? i18n.t("Save") : i18n.t("Make a link")}
        </Button>
      </footer>
    </form>
  );
}
