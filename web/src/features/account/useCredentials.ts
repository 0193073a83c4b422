import { i18n } from "@lingui/core";
import { useState, type FormEvent } from "react";
import { Problem } from "@/shared/api/problem";

export const shortestPassword = 8;

/** What went wrong, in words for the person at the door. */
export function doorMessage(error: unknown): string {
  if (!(error instanceof Problem)) return String(error);
  if (error.offline) return i18n.t("The server does not answer.");
  if (error.status === 401) return i18n.t("Name or password is wrong.");
  if (error.status === 429) return i18n.t("Too many tries. Wait a minute, then try again.");
  return error.message;
}

/** State of a form with name and password that sends once and keeps what was typed when it fails. */
export function useCredentials(send: (name: string, password: string) => Promise<void>, isNew: boolean) {
  const [name, setName] = useState("");
  const [password, setPassword] = useState("");
  const [busy, setBusy] = useState(false);
  const [fault, setFault] = useState<{ field: string | null; text: string } | null>(null);

  const onSubmit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    if (!name.trim()) return setFault({ field: "name", text: i18n.t("Enter a name.") });
    if (!password) return setFault({ field: "password", text: i18n.t("Enter a password.") });
    if (isNew && password.length < shortestPassword) return setFault({ field: "password", text: i18n.t("At least {count} characters.", { count: shortestPassword }) });
    setBusy(true);
    setFault(null);
    try {
      await send(name.trim(), password);
    } catch (error) {
      setFault({ field: error instanceof Problem ? error.field : null, text: doorMessage(error) });
    } finally {
      setBusy(false);
    }
  };
  const errorOf = (field: string): string | null => (fault?.field === field ? fault.text : null);
  return { name, setName, password, setPassword, busy, onSubmit, errorOf, general: fault && !["name", "password"].includes(fault.field ?? "") ? fault : null };
}
