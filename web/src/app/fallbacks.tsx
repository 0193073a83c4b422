import { i18n } from "@lingui/core";
import { Link } from "@tanstack/react-router";
import { EmptyState, ErrorState } from "@/shared/ui/states";

export function NotFoundPage() {
  return (
    <main className="lone" id="main" tabIndex={-1}>
      <h1 className="sr">{i18n.t("Page not found")}</h1>
      <EmptyState
        icon="map"
        title={i18n.t("There is no such page")}
        action={
          <Link to="/" className="btn">
            {i18n.t("Go to Home")}
          </Link>
        }
      >
        {i18n.t("The address may be old, or a letter may be missing.")}
      </EmptyState>
    </main>
  );
}

/** A page that broke while drawing. The player goes on. */
export function PageError({ error, reset }: { error: unknown; reset: () => void }) {
  return (
    <div className="lone">
      <h1 className="sr">{i18n.t("This page failed")}</h1>
      <ErrorState what={i18n.t("This page could not be shown")} error={error} onRetry={reset} />
    </div>
  );
}
