import { i18n } from "@lingui/core";
import { useState, type FormEvent } from "react";
import { Problem } from "@/shared/api/problem";
import { setUp } from "@/shared/api/session";
import { Button } from "@/shared/ui/Button";
import { Field } from "@/shared/ui/Field";
import { Icon } from "@/shared/ui/Icon";

const shortest = 8;

export function AccountStep({ codeRequired }: { codeRequired: boolean }) {
  const [name, setName] = useState("");
  const [password, setPassword] = useState("");
  const [code, setCode] = useState("");
  const [busy, setBusy] = useState(false);
  const [fault, setFault] = useState<{ field: string; text: string } | null>(null);
  const errorOf = (field: string): string | null => (fault?.field === field ? fault.text : null);

  const send = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    if (!name.trim()) return setFault({ field: "name", text: i18n.t("Enter a name.") });
    if (password.length < shortest) return setFault({ field: "password", text: i18n.t("At least {count} characters.", { count: shortest }) });
    if (codeRequired && !code.trim()) return setFault({ field: "setup_code", text: i18n.t("Enter the code.") });
    setBusy(true);
    setFault(null);
    try {
      await setUp(name.trim(), password, code.trim() || undefined);
    } catch (error) {
      const problem = error instanceof Problem ? error : null;
      setFault({ field: problem?.field ?? "form", text: problem?.offline ? i18n.t("The server does not answer.") : (problem?.message ?? String(error)) });
      setBusy(false);
    }
  };

  return (
    <>
      <header>
        <h1 className="h-28">{i18n.t("Welcome")}</h1>
        <p className="t-2 t-16 setup-about">{i18n.t("This account runs the server. Others can get their own later.")}</p>
      </header>
      <form className="setup-form" onSubmit={(event) => void send(event)} noValidate>
        {fault?.field === "form" && (
          <p className="note" role="alert">
            <Icon name="warn" />
            {fault.text}
          </p>
        )}
        <Field label={i18n.t("Name")} name="username" autoComplete="username" autoCapitalize="none" spellCheck={false} value={name} error={errorOf("name")} onChange={(event) => setName(event.target.value)} required />
        <Field
          label={i18n.t("Password")}
          name="password"
          type="password"
          autoComplete="new-password"
          value={password}
          error={errorOf("password")}
          note={i18n.t("At least {count} characters.", { count: shortest })}
          onChange={(event) => setPassword(event.target.value)}
          required
        />
        {codeRequired && (
          <Field
            label={i18n.t("Setup code")}
            name="setup_code"
            autoComplete="off"
            autoCapitalize="none"
            spellCheck={false}
            value={code}
            error={errorOf("setup_code")}
            note={i18n.t("The server printed it when it started.")}
            onChange={(event) => setCode(event.target.value)}
            required
          />
        )}
        <div>
          <Button kind="primary" size="l" type="submit" busy={busy && i18n.t("Creating the account")}>
            {i18n.t("Create account")}
          </Button>
        </div>
      </form>
    </>
  );
}
