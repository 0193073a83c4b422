import { i18n } from "@lingui/core";
import { queryOptions, type QueryClient } from "@tanstack/react-query";
import { api } from "@/shared/api/client";
import { Problem } from "@/shared/api/problem";
import type { Id, Items, PlaylistDetail, PlaylistEntry, PlaylistItem } from "@/shared/api/types";
import { toast } from "@/shared/ui/toast";

export const playlistsQuery = () => queryOptions({ queryKey: ["playlists"], queryFn: ({ signal }) => api.get<Items<PlaylistItem>>("playlists", undefined, signal).then((page) => page.items) });

/** Changes on their way, and how many there were. */
const lines = new Map<Id, Promise<unknown>>();
const turns = new Map<Id, number>();

/** An answer that was made while changes were on their way would undo them on the screen, so it is asked for again. */
async function settled(id: Id, signal: AbortSignal): Promise<PlaylistDetail> {
  for (;;) {
    await lines.get(id);
    const turn = turns.get(id);
    const list = await api.get<PlaylistDetail>(`playlists/${id}`, undefined, signal);
    if (turns.get(id) === turn) return list;
  }
}
export const playlistQuery = (id: Id) => queryOptions({ queryKey: ["playlist", id], queryFn: ({ signal }) => settled(id, signal) });

export const createPlaylist = async (client: QueryClient, body: { name: string; comment?: string; public?: boolean; track_ids?: readonly Id[] }): Promise<PlaylistItem> => {
  const made = await api.post<PlaylistItem>("playlists", body);
  void client.invalidateQueries({ queryKey: ["playlists"] });
  return made;
};

export const appendTracks = async (client: QueryClient, id: Id, trackIds: readonly Id[]): Promise<PlaylistItem> => {
  const changed = await api.post<PlaylistItem>(`playlists/${id}/entries`, { track_ids: trackIds });
  void client.invalidateQueries({ queryKey: ["playlists"] });
  void client.invalidateQueries({ queryKey: ["playlist", id] });
  return changed;
};

type Change = (version: Record<string, string>) => Promise<PlaylistItem>;

/** Changes of one playlist go out one after the other, each against the version the one before has made.
 *  The list shows `shown` at once. What somebody else changed meanwhile wins: the list is loaded again, with a note. */
export async function edit(client: QueryClient, id: Id, shown: (entries: PlaylistEntry[]) => PlaylistEntry[], send: Change): Promise<boolean> {
  const key = playlistQuery(id).queryKey;
  turns.set(id, (turns.get(id) ?? 0) + 1);
  client.setQueryData(key, (old) => {
    if (!old) return old;
    const entries = shown(old.entries);
    return { ...old, entries, track_count: entries.length, duration_s: entries.reduce((sum, entry) => sum + entry.track.duration_s, 0) };
  });
  const run = async (): Promise<boolean> => {
    const version = client.getQueryData(key)?.version;
    try {
      const changed = await send(version === undefined ? {} : { "If-Match": `"${version}"` });
      client.setQueryData(key, (old) => old && { ...old, version: changed.version, name: changed.name, comment: changed.comment, public: changed.public, changed_at: changed.changed_at, cover_ids: changed.cover_ids });
      return true;
    } catch (error) {
      const conflict = error instanceof Problem && error.status === 409;
      toast({ text: conflict ? i18n.t("The playlist was changed elsewhere. This is how it is now.") : i18n.t("The playlist could not be changed.") });
      return false;
    }
  };
  const turn = (lines.get(id) ?? Promise.resolve()).then(run);
  lines.set(id, turn);
  const done = await turn;
  if (lines.get(id) === turn) {
    lines.delete(id);
    void client.invalidateQueries({ queryKey: key });
    void client.invalidateQueries({ queryKey: ["playlists"] });
  }
  return done;
}

/** What is shown now; a component may still hold what was shown before. */
const shownNow = (client: QueryClient, id: Id): PlaylistDetail | undefined => client.getQueryData(playlistQuery(id).queryKey);

export function moveEntry(client: QueryClient, id: Id, from: number, to: number): Promise<boolean> {
  const list = shownNow(client, id);
  const moving = list?.entries[from];
  if (!moving) return Promise.resolve(false);
  const rest = list.entries.filter((entry) => entry !== moving);
  const before = rest[to]?.id ?? null;
  return edit(
    client,
    id,
    () => [...rest.slice(0, to), moving, ...rest.slice(to)],
    (headers) => api.post(`playlists/${id}/move`, { entry_ids: [moving.id], before }, { headers }),
  );
}

/** Takes entries out at once; "Undo" puts every run of neighbours back where it was. */
export async function removeEntries(client: QueryClient, id: Id, indexes: readonly number[]): Promise<void> {
  const { entries: before = [] } = shownNow(client, id) ?? {};
  const places = [...new Set(indexes)].filter((index) => before[index]).sort((a, b) => a - b);
  const gone = new Set(places.flatMap((index) => before[index]?.id ?? []));
  const first = before[places[0] ?? -1];
  if (!first) return;
  const runs: number[][] = [];
  for (const place of places) {
    const run = runs.at(-1);
    if (run && run.at(-1) === place - 1) run.push(place);
    else runs.push([place]);
  }
  const back = (entries: PlaylistEntry[], run: readonly number[]): PlaylistEntry[] => [...entries.slice(0, run[0]), ...run.flatMap((place) => before[place] ?? []), ...entries.slice(run[0])];
  const put = (): void => {
    for (const run of runs)
      void edit(
        client,
        id,
        (entries) => back(entries, run),
        () => api.post(`playlists/${id}/entries`, { track_ids: run.flatMap((place) => before[place]?.track.id ?? []), position: run[0] }),
      );
  };
  const removed = edit(
    client,
    id,
    (entries) => entries.filter((entry) => !gone.has(entry.id)),
    (headers) => api.delete(`playlists/${id}/entries`, { entry_ids: [...gone] }, { headers }),
  );
  const count = places.length;
  const text = count === 1 ? i18n.t("{title} is out of the playlist", { title: first.track.title }) : i18n.t("{count, plural, one {# track is out of the playlist} other {# tracks are out of the playlist}}", { count });
  toast({ text, action: { label: i18n.t("Undo"), run: put } });
  await removed;
}

export const changePlaylist = (client: QueryClient, id: Id, body: { name?: string; comment?: string; public?: boolean }): Promise<boolean> =>
  edit(
    client,
    id,
    (entries) => entries,
    (headers) => api.patch(`playlists/${id}`, body, { headers }),
  );
