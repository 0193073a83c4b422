import { i18n } from "@lingui/core";
import { getRouteApi, Link, useRouter } from "@tanstack/react-router";
import { apiUrl } from "@/shared/api/client";
import { signIn, useServer, useSession } from "@/shared/api/session";
import { useTitle } from "@/shared/hooks/useTitle";
import { Button } from "@/shared/ui/Button";
import { Icon } from "@/shared/ui/Icon";
import { CredentialFields } from "./CredentialFields";
import { Frame } from "./Frame";
import { useCredentials } from "./useCredentials";

const route = getRouteApi("/sign-in");

export default function SignInPage() {
  const { next, error } = route.useSearch();
  const router = useRouter();
  const server = useServer();
  const expired = useSession((state) => state.status === "signed-out" && state.expired);
  useTitle(i18n.t("Sign in"));
  const form = useCredentials(async (name, password) => {
    await signIn(name, password);
    // Only a path of this app; an address from outside is not followed.
    if (next?.startsWith("/") && !next.startsWith("//")) router.history.replace(next);
  }, false);

  return (
    <Frame title={i18n.t("Sign in")} about={server && server.name !== "Resonance" ? server.name : undefined}>
      {expired && (
        <p className="note" role="status">
          <Icon name="clock" />
          {i18n.t("Your session has ended. Sign in again to go on where you were.")}
        </p>
      )}
      {error && !form.general && (
        <p className="note" role="alert">
          <Icon name="warn" />
          {error}
        </p>
      )}
      <form onSubmit={(event) => void form.onSubmit(event)} noValidate>
        <CredentialFields form={form} />
        <Button kind="primary" type="submit" busy={form.busy && i18n.t("Signing in")}>
          {i18n.t("Sign in")}
        </Button>
      </form>
      {server?.oidc && (
        <div className="door-or">
          <a className="btn" href={apiUrl("auth/oidc/start")}>
            {i18n.t("Continue with {label}", { label: server.oidc.label })}
          </a>
        </div>
      )}
      {server && server.sign_up !== "closed" && (
        <p className="door-foot">
          {server.sign_up === "invitation" ? i18n.t("Invited?") : i18n.t("New here?")} <Link to="/sign-up">{i18n.t("Create an account")}</Link>
        </p>
      )}
    </Frame>
  );
}
