import { i18n } from "@lingui/core";
import type { QueryClient } from "@tanstack/react-query";
import { dropRows } from "@/media/dropRows";
import { api } from "@/shared/api/client";
import { Problem } from "@/shared/api/problem";
import type { Id, PlaylistDetail, PlaylistEntry, PlaylistItem } from "@/shared/api/types";
import { announce } from "@/shared/ui/a11y";
import { dismissToast, toast } from "@/shared/ui/toast";
import { playlistQuery } from "./api";
import { inTurn } from "./line";

type Entries = readonly PlaylistEntry[];

interface Edit {
  /** How the list looks before the server has answered. */
  shown?: (entries: Entries) => Entries;
  /** Gets the header with the version that the change was made of. */
  send: (headers: Record<string, string>) => Promise<PlaylistItem>;
  /** Of entries, so the server can take it back. What is said of it: at once, or with the answer. */
  told?: string | ((after: PlaylistItem) => string);
}

/** How a list stood before each change of this visit: shown at once when the change is taken back. */
const before = new Map<Id, Entries[]>();
const stepsOf = (id: Id): Entries[] => before.get(id) ?? [];
const forget = (id: Id, step: Entries): void => void before.set(id, stepsOf(id).filter((one) => one !== step));
const mostSteps = 20;

/** What is shown now; a component may still hold what was shown before. */
const shownNow = (client: QueryClient, id: Id): PlaylistDetail | undefined => client.getQueryData(playlistQuery(id).queryKey);

function show(client: QueryClient, id: Id, entries: Entries): void {
  client.setQueryData(playlistQuery(id).queryKey, (old) => old && { ...old, entries: [...entries], track_count: entries.length, duration_s: entries.reduce((sum, entry) => sum + entry.track.duration_s, 0) });
}

/** The facts of the list itself as a change has left them. */
function keep(client: QueryClient, id: Id, { version, name, comment, public: shared, changed_at, cover_ids, cover, follows_file }: PlaylistItem): void {
  client.setQueryData(playlistQuery(id).queryKey, (old) => old && { ...old, version, name, comment, public: shared, changed_at, cover_ids, cover, follows_file });
}

const again = (client: QueryClient, id: Id) => (): void => {
  void client.invalidateQueries({ queryKey: playlistQuery(id).queryKey });
  void client.invalidateQueries({ queryKey: ["playlists"] });
};

const tellUndoable = (client: QueryClient, id: Id, text: string): void => toast({ text, action: { label: i18n.t("Undo"), run: () => void undo(client, id) } });

/** A change that is shown at once and sent in its turn, against the version the one before has made. What somebody
 *  else changed meanwhile wins: the list is loaded again, with a note. */
export async function edit(client: QueryClient, id: Id, { shown, send, told }: Edit): Promise<boolean> {
  const step = shownNow(client, id)?.entries ?? [];
  if (shown) show(client, id, shown(step));
  if (told !== undefined) before.set(id, [...stepsOf(id), step].slice(-mostSteps));
  if (typeof told === "string") tellUndoable(client, id, told);
  const run = async (): Promise<boolean> => {
    const version = shownNow(client, id)?.version;
    try {
      const after = await send(version === undefined ? {} : { "If-Match": `"${version}"` });
      keep(client, id, after);
      // The server takes back only what nothing has followed.
      if (told === undefined) before.delete(id);
      if (typeof told === "function") tellUndoable(client, id, told(after));
      return true;
    } catch (error) {
      forget(id, step);
      const stale = error instanceof Problem && error.status === 409;
      toast({ text: stale ? i18n.t("The playlist was changed elsewhere. This is how it is now.") : i18n.t("The playlist could not be changed.") });
      return false;
    }
  };
  return inTurn(id, run, again(client, id));
}

/** Takes back the last removal, reordering or replacement: of this visit at once, else whatever the server remembers
 *  of the last hour. */
export async function undo(client: QueryClient, id: Id): Promise<boolean> {
  const step = stepsOf(id).at(-1);
  if (step) {
    forget(id, step);
    show(client, id, step);
  }
  dismissToast();
  const run = async (): Promise<boolean> => {
    try {
      keep(client, id, await api.post<PlaylistItem>(`playlists/${id}/undo`));
      announce(i18n.t("The last change is undone"));
      return true;
    } catch (error) {
      before.delete(id);
      const nothing = error instanceof Problem && error.code === "nothing_to_undo";
      toast({ text: nothing ? i18n.t("There is nothing to undo here.") : i18n.t("It could not be undone.") });
      return false;
    }
  };
  return inTurn(id, run, again(client, id));
}

/** Puts rows where the row `from` was dropped: at `to` in the list without it. Those chosen with it come along. */
export function moveEntries(client: QueryClient, id: Id, from: number, to: number, chosen: readonly number[] = []): Promise<boolean> {
  const entries = shownNow(client, id)?.entries ?? [];
  const drop = dropRows(entries.length, from, to, chosen);
  const { place } = drop;
  const moving = drop.moving.flatMap((index) => entries[index] ?? []);
  const target = drop.before === null ? null : entries[drop.before];
  const going = new Set(moving);
  const rest = entries.filter((entry) => !going.has(entry));
  const [first] = moving;
  if (!first) return Promise.resolve(false);
  return edit(client, id, {
    shown: () => [...rest.slice(0, place), ...moving, ...rest.slice(place)],
    send: (headers) => api.post(`playlists/${id}/move`, { entry_ids: moving.map((entry) => entry.id), before: target?.id ?? null }, { headers }),
    told: moving.length === 1 ? i18n.t("{title} is at place {place}", { title: first.track.title, place: place + 1 }) : i18n.t("{count, plural, one {# track moved} other {# tracks moved}}", { count: moving.length }),
  });
}

export function removeEntries(client: QueryClient, id: Id, indexes: readonly number[]): Promise<boolean> {
  const entries = shownNow(client, id)?.entries ?? [];
  const going = new Set(indexes.flatMap((index) => entries[index] ?? []));
  const count = going.size;
  if (count === 0) return Promise.resolve(false);
  const [first] = going;
  return edit(client, id, {
    shown: (now) => now.filter((entry) => !going.has(entry)),
    send: (headers) => api.delete(`playlists/${id}/entries`, { entry_ids: [...going].map((entry) => entry.id) }, { headers }),
    told: count === 1 ? i18n.t("{title} is out of the playlist", { title: first?.track.title }) : i18n.t("{count, plural, one {# track is out of the playlist} other {# tracks are out of the playlist}}", { count }),
  });
}

export const changePlaylist = (client: QueryClient, id: Id, body: { name?: string; comment?: string; public?: boolean }): Promise<boolean> =>
  edit(client, id, { send: (headers) => api.patch(`playlists/${id}`, body, { headers }) });

export type Column = "title" | "artist" | "album" | "year" | "added" | "duration" | "bpm" | "key" | "energy";

export const sortBy = (client: QueryClient, id: Id, by: Column, label: string): Promise<boolean> =>
  edit(client, id, { send: (headers) => api.post(`playlists/${id}/sort`, { by }, { headers }), told: () => i18n.t("Sorted by {column}", { column: label }) });

export function dedupe(client: QueryClient, list: PlaylistDetail): Promise<boolean> {
  const seen = new Set<Id>();
  return edit(client, list.id, {
    shown: (now) => now.filter(({ track }) => !seen.has(track.id) && seen.add(track.id)),
    send: (headers) => api.post(`playlists/${list.id}/dedupe`, {}, { headers }),
    told: (after) => i18n.t("{count, plural, =0 {No track was in it twice} one {# duplicate is out of the playlist} other {# duplicates are out of the playlist}}", { count: list.track_count - after.track_count }),
  });
}
