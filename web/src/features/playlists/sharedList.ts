import { apiUrl } from "@/shared/api/client";
import { networkProblem, problemFrom } from "@/shared/api/problem";
import type { Id, ShareDoor } from "@/shared/api/types";

/** Trades a link for what it opens. Not through `api`: a wrong password here says nothing of the reader's own session. */
export async function knock(token: string, password: string | null): Promise<ShareDoor> {
  let response: Response;
  try {
    response = await fetch(apiUrl("shared/open"), {
      method: "POST",
      headers: { "Content-Type": "application/json", Accept: "application/json" },
      credentials: "same-origin",
      body: JSON.stringify({ token, password }),
    });
  } catch {
    throw networkProblem();
  }
  if (!response.ok) throw await problemFrom(response);
  return (await response.json()) as ShareDoor;
}

/** Where a shared track sounds; `plain` asks for a form that every browser plays. */
export const soundOf = (share: Id, track: Id, plain: boolean): string => apiUrl(`shared/${share}/stream/${track}${plain ? "?format=mp3" : ""}`);
export const coverOf = (share: Id): string => apiUrl(`shared/${share}/cover?size=960`);
export const trackCoverOf = (share: Id, cover: Id): string => apiUrl(`shared/${share}/covers/${cover}?size=96`);
