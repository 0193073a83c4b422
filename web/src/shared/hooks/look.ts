import { create } from "zustand";
import { api } from "@/shared/api/client";
import type { Density, Preferences, Theme } from "@/shared/api/types";

/** Theme lives in the account and on the device (for the first paint); density belongs to the device alone: a large screen
 *  and a phone want different ones. */
interface Look {
  theme: Theme;
  density: Density;
}
const storageKey = "resonance.look";
const themes: readonly Theme[] = ["dark", "light", "system"];

function kept(): Look {
  const fallback: Look = { theme: "system", density: "comfortable" };
  try {
    const value = JSON.parse(localStorage.getItem(storageKey) ?? "{}") as Partial<Look>;
    return {
      theme: value.theme && themes.includes(value.theme) ? value.theme : fallback.theme,
      density: value.density === "compact" ? "compact" : fallback.density,
    };
  } catch {
    return fallback;
  }
}

export const useLook = create<Look>(() => kept());

function show(look: Look): void {
  document.documentElement.dataset.theme = look.theme;
  document.documentElement.dataset.density = look.density;
}

export function startLook(): void {
  show(useLook.getState());
  useLook.subscribe((look) => {
    show(look);
    localStorage.setItem(storageKey, JSON.stringify(look));
  });
}

export function adoptLook(preferences: Preferences): void {
  if (preferences.theme && themes.includes(preferences.theme)) useLook.setState({ theme: preferences.theme });
}

export const setDensity = (density: Density): void => useLook.setState({ density });

/** Shown at once; a server that does not answer costs only the copy in the account. */
export async function setTheme(theme: Theme): Promise<void> {
  useLook.setState({ theme });
  await api.patch("me", { preferences: { theme } }).catch(() => undefined);
}
