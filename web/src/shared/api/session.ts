import { create } from "zustand";
import { isLocale, setLocale, useLocale } from "@/shared/i18n";
import { adoptLook } from "@/shared/hooks/look";
import { api, refreshSession, whenSessionIsLost } from "./client";
import { Problem } from "./problem";
import { queryClient } from "./queryClient";
import type { ServerInfo, Session, User } from "./types";

/** Who is here. Pages ask for the user only below the signed-in layout, where there is one. */
export type SessionState =
  | { status: "starting" }
  | { status: "unreachable"; error: unknown }
  | { status: "signed-out"; server: ServerInfo; expired: boolean }
  | { status: "signed-in"; server: ServerInfo; user: User };

export const useSession = create<SessionState>(() => ({ status: "starting" }));
const set = (state: SessionState): void => useSession.setState(state, true);

const renewEvery = 10 * 60_000;

/** Pages stay drawn for a moment after the session ended, until the door is there. */
let lastUser: User | null = null;

function adopt(server: ServerInfo, user: User): void {
  lastUser = user;
  adoptLook(user.preferences);
  const { locale } = user.preferences;
  if (isLocale(locale) && locale !== useLocale.getState().locale) void setLocale(locale, true);
  queryClient.setQueryData(["me"], user);
  set({ status: "signed-in", server, user });
}

export async function startSession(): Promise<void> {
  try {
    const server = await api.get<ServerInfo>("server");
    queryClient.setQueryData(["server"], server);
    if (server.setup_required) return set({ status: "signed-out", server, expired: false });
    try {
      adopt(server, await api.get<User>("me"));
    } catch (error) {
      if (!(error instanceof Problem) || error.status !== 401) throw error;
      set({ status: "signed-out", server, expired: false });
    }
  } catch (error) {
    set({ status: "unreachable", error });
  }
}

whenSessionIsLost(() => {
  const state = useSession.getState();
  if (state.status === "signed-in") set({ status: "signed-out", server: state.server, expired: true });
});

// Streams carry only the cookie and cannot renew it themselves.
setInterval(() => {
  if (useSession.getState().status === "signed-in") void refreshSession().catch(() => undefined);
}, renewEvery);

const enter = (session: Session): void => {
  const state = useSession.getState();
  if (state.status === "starting" || state.status === "unreachable") return;
  adopt({ ...state.server, setup_required: false }, session.user);
};

const device_name = (): string => {
  const system = /Android|iPhone|iPad|Windows|Mac OS X|Linux/.exec(navigator.userAgent)?.[0] ?? "";
  const browser = /Firefox|Edg|Chrome|Safari/.exec(navigator.userAgent)?.[0] ?? "Browser";
  return [browser === "Edg" ? "Edge" : browser, system.replace("Mac OS X", "macOS")].filter(Boolean).join(", ");
};

export const setUp = async (name: string, password: string, setupCode?: string): Promise<void> =>
  enter(await api.post<Session>("setup", { name, password, device_name: device_name(), ...(setupCode ? { setup_code: setupCode } : {}) }));
export const signIn = async (name: string, password: string): Promise<void> => enter(await api.post<Session>("auth/sign-in", { name, password, device_name: device_name() }));
export const signUp = async (name: string, password: string, invitation?: string): Promise<void> =>
  enter(await api.post<Session>("auth/sign-up", { name, password, device_name: device_name(), ...(invitation ? { invitation } : {}) }));

/** The page forgets everything even if the server cannot be told. */
export async function signOut(): Promise<void> {
  const state = useSession.getState();
  await api.post("auth/sign-out").catch(() => undefined);
  queryClient.clear();
  if (state.status === "signed-in") set({ status: "signed-out", server: state.server, expired: false });
}

export function useUser(): User {
  return useSession((state) => {
    const user = state.status === "signed-in" ? state.user : lastUser;
    if (!user) throw new Error("no user outside the signed-in pages");
    return user;
  });
}
export const useServer = (): ServerInfo | null => useSession((state) => ("server" in state ? state.server : null));

export async function savePreferences(preferences: User["preferences"]): Promise<void> {
  const user = await api.patch<User>("me", { preferences });
  const state = useSession.getState();
  if (state.status === "signed-in") set({ ...state, user });
}
