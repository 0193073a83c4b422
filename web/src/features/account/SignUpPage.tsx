import { i18n } from "@lingui/core";
import { getRouteApi, Link } from "@tanstack/react-router";
import { useState } from "react";
import { signUp, useServer } from "@/shared/api/session";
import { useTitle } from "@/shared/hooks/useTitle";
import { Button } from "@/shared/ui/Button";
import { Field } from "@/shared/ui/Field";
import { EmptyState } from "@/shared/ui/states";
import { CredentialFields } from "./CredentialFields";
import { Frame } from "./Frame";
import { useCredentials } from "./useCredentials";

const route = getRouteApi("/sign-up");

export default function SignUpPage() {
  const search = route.useSearch();
  const server = useServer();
  const [invitation, setInvitation] = useState(search.invitation ?? "");
  const form = useCredentials((name, password) => signUp(name, password, invitation.trim() || undefined), true);
  const needsCode = server?.sign_up === "invitation";
  useTitle(i18n.t("Create an account"));

  if (server?.sign_up === "closed") {
    return (
      <Frame title={i18n.t("Create an account")}>
        <EmptyState icon="lock" title={i18n.t("New accounts are closed")} action={<Link className="btn" to="/sign-in">{i18n.t("Sign in")}</Link>}>
          {i18n.t("Ask the administrator of this server for an account.")}
        </EmptyState>
      </Frame>
    );
  }
  return (
    <Frame title={i18n.t("Create an account")} about={needsCode ? i18n.t("You need an invitation from someone who runs this server.") : undefined}>
      <form onSubmit={(event) => void form.onSubmit(event)} noValidate>
        {needsCode && (
          <Field label={i18n.t("Invitation code")} name="invitation" autoComplete="off" spellCheck={false} value={invitation} error={form.errorOf("invitation")} onChange={(event) => setInvitation(event.target.value)} required />
        )}
        <CredentialFields form={form} isNew />
        <Button kind="primary" type="submit" busy={form.busy && i18n.t("Creating the account")}>
          {i18n.t("Create account")}
        </Button>
      </form>
      <p className="door-foot">
        {i18n.t("Already have one?")} <Link to="/sign-in">{i18n.t("Sign in")}</Link>
      </p>
    </Frame>
  );
}
