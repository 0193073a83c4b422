import { i18n } from "@lingui/core";
import { Field } from "@/shared/ui/Field";
import { Icon } from "@/shared/ui/Icon";
import { shortestPassword, type useCredentials } from "./useCredentials";

export function CredentialFields({ form, isNew }: { form: ReturnType<typeof useCredentials>; isNew?: boolean }) {
  return (
    <>
      {form.general && (
        <p className="note" role="alert">
          <Icon name="warn" />
          {form.general.text}
        </p>
      )}
      <Field label={i18n.t("Name")} name="username" autoComplete="username" autoCapitalize="none" spellCheck={false} value={form.name} error={form.errorOf("name")} onChange={(event) => form.setName(event.target.value)} required />
      <Field
        label={i18n.t("Password")}
        type="password"
        name="password"
        autoComplete={isNew ? "new-password" : "current-password"}
        value={form.password}
        error={form.errorOf("password")}
        note={isNew ? i18n.t("At least {count} characters.", { count: shortestPassword }) : undefined}
        onChange={(event) => form.setPassword(event.target.value)}
        required
      />
    </>
  );
}
