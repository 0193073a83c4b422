import { i18n } from "@lingui/core";
import { QueryClientProvider } from "@tanstack/react-query";
import { RouterProvider } from "@tanstack/react-router";
import { StrictMode } from "react";
import { EqualiserLayer } from "@/features/equaliser/EqualiserLayer";
import { queryClient } from "@/shared/api/queryClient";
import { startSession, useSession } from "@/shared/api/session";
import { useLocale } from "@/shared/i18n";
import { MenuLayer } from "@/shared/ui/MenuLayer";
import { ErrorState } from "@/shared/ui/states";
import { TipLayer } from "@/shared/ui/TipLayer";
import { ToastLayer } from "@/shared/ui/ToastLayer";
import { router } from "./router";

function Unreachable({ error }: { error: unknown }) {
  return (
    <main className="lone">
      <h1 className="sr">Resonance</h1>
      <ErrorState what={i18n.t("Resonance could not start")} error={error} onRetry={() => void startSession().then(() => router.invalidate())} />
    </main>
  );
}

export function App() {
  const locale = useLocale((state) => state.locale);
  const session = useSession();
  return (
    <StrictMode>
      <QueryClientProvider client={queryClient} key={locale}>
        {session.status === "unreachable" ? <Unreachable error={session.error} /> : <RouterProvider router={router} />}
        <EqualiserLayer />
        <MenuLayer />
        <ToastLayer />
        <TipLayer />
      </QueryClientProvider>
    </StrictMode>
  );
}
