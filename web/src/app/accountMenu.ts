import { i18n } from "@lingui/core";
import { savePreferences, signOut, useSession } from "@/shared/api/session";
import type { Density, Theme } from "@/shared/api/types";
import { setDensity, setTheme, useLook } from "@/shared/hooks/look";
import { locales, setLocale, useLocale, type Locale } from "@/shared/i18n";
import { openMenu, type MenuEntry } from "@/shared/ui/menu";
import { openShortcuts } from "@/media/shortcutsSheet";
import { hasRoute } from "./nav";
import { router } from "./router";

const go = (to: string) => () => void router.navigate({ to });

async function chooseLocale(locale: Locale): Promise<void> {
  await setLocale(locale, true);
  await savePreferences({ locale }).catch(() => undefined);
}

/** What "You" offers: the look, the language, the ways to settings and admin, and the way out. */
export function openAccountMenu(anchor: HTMLElement): void {
  const session = useSession.getState();
  if (session.status !== "signed-in") return;
  const look = useLook.getState();
  const { locale } = useLocale.getState();
  const themes: [Theme, string][] = [
    ["dark", i18n.t("Dark")],
    ["light", i18n.t("Light")],
    ["system", i18n.t("As the system")],
  ];
  const densities: [Density, string][] = [
    ["comfortable", i18n.t("Comfortable")],
    ["compact", i18n.t("Compact")],
  ];
  const entries: MenuEntry[] = [
    { label: i18n.t("Theme"), icon: "moon", entries: themes.map(([value, label]) => ({ label, checked: look.theme === value, run: () => void setTheme(value) })) },
    { label: i18n.t("Rows"), icon: "list", entries: densities.map(([value, label]) => ({ label, checked: look.density === value, run: () => setDensity(value) })) },
    { label: i18n.t("Language"), icon: "lyrics", entries: Object.entries(locales).map(([value, label]) => ({ label, checked: locale === value, run: () => void chooseLocale(value as Locale) })) },
    { label: i18n.t("Keyboard shortcuts"), icon: "info", keys: "?", run: openShortcuts },
    "line",
  ];
  if (hasRoute("/settings")) entries.push({ label: i18n.t("Settings"), icon: "settings", run: go("/settings") });
  if (hasRoute("/admin") && session.user.role === "admin") entries.push({ label: i18n.t("Administration"), icon: "user", run: go("/admin") });
  entries.push({ label: i18n.t("Sign out"), icon: "external", run: () => void signOut() });
  openMenu(anchor, i18n.t("Account"), entries);
}
