import { i18n, type Messages } from "@lingui/core";
import { create } from "zustand";

/** Strings are `i18n.t("English text", values)`; plurals are ICU inside the text. `npm run i18n:extract` collects
 *  them into src/locales/*.po. A change of language mounts the tree anew (app/App.tsx), so nobody has to listen. */
export const locales = { en: "English", de: "Deutsch" } as const;
export type Locale = keyof typeof locales;

const storageKey = "resonance.locale";
const loaders: Record<Locale, () => Promise<{ messages: Messages }>> = {
  en: () => import("@/locales/en"),
  de: () => import("@/locales/de"),
};

export const isLocale = (text: unknown): text is Locale => typeof text === "string" && text in locales;

export function preferredLocale(): Locale {
  const kept = localStorage.getItem(storageKey);
  if (isLocale(kept)) return kept;
  const fromBrowser = navigator.languages.map((tag) => tag.slice(0, 2)).find(isLocale);
  return fromBrowser ?? "en";
}

export const useLocale = create<{ locale: Locale }>(() => ({ locale: "en" }));

export async function setLocale(locale: Locale, keep = false): Promise<void> {
  const { messages } = await loaders[locale]();
  i18n.loadAndActivate({ locale, messages });
  document.documentElement.lang = locale;
  if (keep) localStorage.setItem(storageKey, locale);
  useLocale.setState({ locale });
}
