import type { QueryClient } from "@tanstack/react-query";
import { queryOptions } from "@tanstack/react-query";
import { api } from "./client";
import { queryClient } from "./queryClient";
import type { Id, Items, TrackItem } from "./types";

/** Tracks by id for the queue: all ids asked for within one frame travel in one request. */
const perRequest = 200;
type Waiting = { resolve: (track: TrackItem | null) => void; reject: (error: unknown) => void };
let waiting = new Map<Id, Waiting[]>();

async function flush(): Promise<void> {
  const batch = waiting;
  waiting = new Map();
  const ids = [...batch.keys()];
  for (let start = 0; start < ids.length; start += perRequest) {
    const part = ids.slice(start, start + perRequest);
    try {
      const { items } = await api.post<Items<TrackItem>>("tracks/by-ids", { ids: part });
      const found = new Map(items.map((track) => [track.id, track]));
      for (const id of part) batch.get(id)?.forEach((one) => one.resolve(found.get(id) ?? null));
    } catch (error) {
      for (const id of part) batch.get(id)?.forEach((one) => one.reject(error));
    }
  }
}

const load = (id: Id): Promise<TrackItem | null> =>
  new Promise((resolve, reject) => {
    if (waiting.size === 0) setTimeout(() => void flush(), 12);
    waiting.set(id, [...(waiting.get(id) ?? []), { resolve, reject }]);
  });

/** null = the track is gone or hidden from this user. */
export const trackItemQuery = (id: Id) => queryOptions({ queryKey: ["track-item", id], queryFn: () => load(id), staleTime: 10 * 60_000 });

export const trackById = (id: Id): Promise<TrackItem | null> => queryClient.ensureQueryData(trackItemQuery(id));

/** What a page already shows needs no second request when it is played. */
export function rememberTracks(tracks: readonly TrackItem[], client: QueryClient = queryClient): void {
  for (const track of tracks.slice(0, 200)) client.setQueryData(["track-item", track.id], track);
}
