import { i18n } from "@lingui/core";
import type { ReactNode } from "react";
import { savePreferences } from "@/shared/api/session";
import type { Density, Theme } from "@/shared/api/types";
import { setDensity, setTheme, useLook } from "@/shared/hooks/look";
import { locales, setLocale, useLocale, type Locale } from "@/shared/i18n";
import { Segmented } from "@/shared/ui/controls";
import { toast } from "@/shared/ui/toast";

function Row({ name, note, children }: { name: string; note: string; children: ReactNode }) {
  return (
    <div className="set-row">
      <span>
        <b className="w5">{name}</b>
        <small>{note}</small>
      </span>
      {children}
    </div>
  );
}

const keep = (preferences: Parameters<typeof savePreferences>[0]): void =>
  void savePreferences(preferences).catch(() => toast({ text: i18n.t("Kept on this device; the account could not be reached.") }));

export default function AppearanceTab() {
  const { theme, density } = useLook();
  const locale = useLocale((state) => state.locale);
  const themes: { value: Theme; label: string }[] = [
    { value: "dark", label: i18n.t("Dark") },
    { value: "light", label: i18n.t("Light") },
    { value: "system", label: i18n.t("As the system") },
  ];
  const densities: { value: Density; label: string }[] = [
    { value: "comfortable", label: i18n.t("Comfortable") },
    { value: "compact", label: i18n.t("Compact") },
  ];
  const languages = Object.entries(locales).map(([value, label]) => ({ value: value as Locale, label }));
  const choose = async (next: Locale): Promise<void> => {
    await setLocale(next, true);
    keep({ locale: next });
  };
  return (
    <section className="sect" aria-label={i18n.t("Appearance")}>
      <Row name={i18n.t("Theme")} note={i18n.t("Goes with your account.")}>
        <Segmented label={i18n.t("Theme")} value={theme} options={themes} onChange={(next) => void setTheme(next)} />
      </Row>
      <Row name={i18n.t("Rows")} note={i18n.t("For this device. Compact shows about a third more.")}>
        <Segmented
          label={i18n.t("Rows")}
          value={density}
          options={densities}
          onChange={setDensity}
        />
      </Row>
      <Row name={i18n.t("Language")} note={i18n.t("Goes with your account.")}>
        <Segmented label={i18n.t("Language")} value={locale} options={languages} onChange={(next) => void choose(next)} />
      </Row>
    </section>
  );
}
