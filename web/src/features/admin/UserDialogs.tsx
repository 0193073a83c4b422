import { i18n } from "@lingui/core";
import { useState, type FormEvent, type ReactNode } from "react";
import { api } from "@/shared/api/client";
import { Problem } from "@/shared/api/problem";
import type { AccountItem, Id, Library, Role } from "@/shared/api/types";
import { Button } from "@/shared/ui/Button";
import { Dialog } from "@/shared/ui/Dialog";
import { Field, Select } from "@/shared/ui/Field";
import { toast } from "@/shared/ui/toast";
import { problemText } from "./api";
import { roleNames } from "./words";

const shortest = 8;

interface Fault {
  field: string | null;
  text: string;
}

/** Sends once, closes when it went well, keeps what was typed when not. */
function useForm(send: () => Promise<unknown>, onDone: () => void) {
  const [busy, setBusy] = useState(false);
  const [fault, setFault] = useState<Fault | null>(null);
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    setBusy(true);
    setFault(null);
    try {
      await send();
      onDone();
    } catch (error) {
      setFault({ field: error instanceof Problem ? error.field : null, text: problemText(error) });
      setBusy(false);
    }
  };
  const errorOf = (field: string): string | null => (fault?.field === field ? fault.text : null);
  return { busy, fault, submit, errorOf };
}

function Form({ form, known, verb, onClose, children }: { form: ReturnType<typeof useForm>; known: readonly string[]; verb: string; onClose: () => void; children: ReactNode }) {
  const general = form.fault && !known.includes(form.fault.field ?? "") ? form.fault.text : null;
  return (
    <form className="form" onSubmit={(event) => void form.submit(event)} noValidate>
      {children}
      {general && (
        <p className="field-note" data-kind="danger" role="alert">
          {general}
        </p>
      )}
      <footer>
        <Button kind="quiet" onClick={onClose}>
          {i18n.t("Cancel")}
        </Button>
        <Button kind="primary" type="submit" busy={form.busy && i18n.t("Saving")}>
          {verb}
        </Button>
      </footer>
    </form>
  );
}

function Access({ role, setRole, chosen, setChosen, libraries }: { role: Role; setRole: (role: Role) => void; chosen: readonly Id[] | null; setChosen: (ids: readonly Id[] | null) => void; libraries: readonly Library[] }) {
  return (
    <>
      <Select label={i18n.t("Role")} value={role} onChange={(event) => setRole(event.target.value as Role)} options={roleNames()} />
      <p className="field-note role-note">
        {role === "admin" ? i18n.t("May change everything on this server.") : role === "guest" ? i18n.t("May listen, but keeps no likes and no playlists.") : i18n.t("May listen, like, and keep playlists.")}
      </p>
      <fieldset className="checks">
        <legend className="label">{i18n.t("Libraries")}</legend>
        <label className="check">
          <input type="checkbox" checked={chosen === null} onChange={() => setChosen(chosen === null ? libraries.map((one) => one.id) : null)} />
          <span>{i18n.t("All, also those added later")}</span>
        </label>
        {chosen !== null &&
          libraries.map((one) => (
            <label key={one.id} className="check">
              <input type="checkbox" checked={chosen.includes(one.id)} onChange={() => setChosen(chosen.includes(one.id) ? chosen.filter((id) => id !== one.id) : [...chosen, one.id])} />
              <span>{one.name}</span>
            </label>
          ))}
      </fieldset>
    </>
  );
}

export function NewUserDialog({ libraries, onClose, onDone }: { libraries: readonly Library[]; onClose: () => void; onDone: () => Promise<void> }) {
  const [name, setName] = useState("");
  const [password, setPassword] = useState("");
  const [role, setRole] = useState<Role>("user");
  const [chosen, setChosen] = useState<readonly Id[] | null>(null);
  const form = useForm(
    async () => {
      if (!name.trim()) throw new Problem({ status: 422, code: "invalid", title: i18n.t("Enter a name."), field: "name" });
      if (password.length < shortest) throw new Problem({ status: 422, code: "invalid", title: i18n.t("At least {count} characters.", { count: shortest }), field: "password" });
      await api.post("users", { name: name.trim(), password, role, libraries: chosen });
      await onDone();
    },
    () => {
      onClose();
      toast({ text: i18n.t("{name} can sign in now", { name: name.trim() }) });
    },
  );
  return (
    <Dialog open onClose={onClose} title={i18n.t("Add user")}>
      <Form form={form} known={["name", "password"]} verb={i18n.t("Add user")} onClose={onClose}>
        <Field label={i18n.t("Name")} value={name} autoComplete="off" autoCapitalize="none" spellCheck={false} error={form.errorOf("name")} onChange={(event) => setName(event.target.value)} />
        <Field label={i18n.t("Password")} type="password" value={password} autoComplete="new-password" error={form.errorOf("password")} note={i18n.t("At least {count} characters. They can change it themselves.", { count: shortest })} onChange={(event) => setPassword(event.target.value)} />
        <Access role={role} setRole={setRole} chosen={chosen} setChosen={setChosen} libraries={libraries} />
      </Form>
    </Dialog>
  );
}

export function AccessDialog({ user, libraries, onClose, onDone }: { user: AccountItem; libraries: readonly Library[]; onClose: () => void; onDone: () => Promise<void> }) {
  const [role, setRole] = useState<Role>(user.role);
  const [chosen, setChosen] = useState<readonly Id[] | null>(user.all_libraries ? null : user.libraries);
  const form = useForm(async () => {
    await api.patch(`users/${user.id}`, { role, libraries: chosen });
    await onDone();
  }, onClose);
  return (
    <Dialog open onClose={onClose} title={i18n.t("Role and libraries")} about={user.name}>
      <Form form={form} known={[]} verb={i18n.t("Save")} onClose={onClose}>
        <Access role={role} setRole={setRole} chosen={chosen} setChosen={setChosen} libraries={libraries} />
      </Form>
    </Dialog>
  );
}

export function PasswordDialog({ user, onClose }: { user: AccountItem; onClose: () => void }) {
  const [password, setPassword] = useState("");
  const form = useForm(
    async () => {
      if (password.length < shortest) throw new Problem({ status: 422, code: "invalid", title: i18n.t("At least {count} characters.", { count: shortest }), field: "password" });
      await api.post(`users/${user.id}/password`, { password });
    },
    () => {
      onClose();
      toast({ text: i18n.t("{name} has a new password", { name: user.name }) });
    },
  );
  return (
    <Dialog open onClose={onClose} title={i18n.t("New password for {name}", { name: user.name })} about={i18n.t("All their devices are signed out.")}>
      <Form form={form} known={["password"]} verb={i18n.t("Reset password")} onClose={onClose}>
        <Field label={i18n.t("New password")} type="password" value={password} autoComplete="new-password" error={form.errorOf("password")} note={i18n.t("At least {count} characters.", { count: shortest })} onChange={(event) => setPassword(event.target.value)} />
      </Form>
    </Dialog>
  );
}
