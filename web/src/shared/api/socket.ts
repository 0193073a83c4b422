import type { QueryClient } from "@tanstack/react-query";
import { url } from "./client";
import { patchEverywhere } from "./patch";
import type { AnalysisStatus, Id, Job, Kind, Scan } from "./types";

/** The one place where what the server says by itself becomes a change of the query cache. */
interface Message {
  topic: string;
  data: unknown;
}

const catalogue = ["home", "albums", "album", "artists", "artist", "tracks", "genres", "years", "libraries", "search"];

/** Where tempo, key and energy are shown. What was searched for stays as it is: its order would change under the eyes. */
const measured = ["tracks", "album", "artist", "playlist", "track", "track-item", "track-analysis"];
const restMs = 3000;
/** Resting after a round; true = something came meanwhile. */
const resting = new WeakMap<QueryClient, boolean>();

/** While the server listens, something new comes every second: lists are asked again at once, and then now and then. */
function onFeatures(client: QueryClient): void {
  if (resting.has(client)) return void resting.set(client, true);
  for (const family of measured) void client.invalidateQueries({ queryKey: [family] });
  // Administrators are told the numbers; others ask.
  if (Date.now() - (client.getQueryState(["analysis"])?.dataUpdatedAt ?? 0) > restMs) void client.invalidateQueries({ queryKey: ["analysis"] });
  resting.set(client, false);
  setTimeout(() => {
    const again = resting.get(client);
    resting.delete(client);
    if (again) onFeatures(client);
  }, restMs);
}

const onScan = (client: QueryClient, scan: Scan): void => {
  client.setQueryData<Scan[]>(["scans", "current"], (scans = []) => {
    const others = scans.filter((one) => one.id !== scan.id);
    return scan.finished_at ? others : [...others, scan];
  });
  if (scan.finished_at) {
    void client.invalidateQueries({ queryKey: ["libraries"] });
    void client.invalidateQueries({ queryKey: ["scans"] });
  }
};

const onJob = (client: QueryClient, job: Job): void => {
  void client.invalidateQueries({ queryKey: ["jobs"] });
  client.setQueryData(["job", job.id], job);
};

type LikeChange = { kind: Kind; id: Id; liked: boolean };

export function applyMessage(client: QueryClient, message: Message, onRevoked: () => void): void {
  switch (message.topic) {
    case "scan.progress":
      return onScan(client, message.data as Scan);
    case "library.changed":
      for (const family of catalogue) void client.invalidateQueries({ queryKey: [family] });
      return;
    case "job.changed":
      return onJob(client, message.data as Job);
    case "playlist.changed":
      void client.invalidateQueries({ queryKey: ["playlists"] });
      void client.invalidateQueries({ queryKey: ["playlist", (message.data as { id: Id }).id] });
      return;
    case "like.changed": {
      const { kind, id, liked } = message.data as LikeChange;
      if (typeof liked === "boolean") patchEverywhere(client, kind, id, { liked });
      return;
    }
    case "sound.measured":
      void client.invalidateQueries({ queryKey: ["waveform", (message.data as { track_id: Id }).track_id] });
      return;
    case "lyrics.found":
      void client.invalidateQueries({ queryKey: ["lyrics", (message.data as { track_id: Id }).track_id] });
      return;
    case "features.changed":
      return onFeatures(client);
    case "analysis.progress":
      client.setQueryData(["analysis"], message.data as AnalysisStatus);
      return;
    case "session.revoked":
      return onRevoked();
  }
}

const pingEvery = 25_000;
const longestWait = 30_000;

/** Keeps one socket open until the returned function is called; waits longer after each failure. */
export function openSocket(client: QueryClient, onRevoked: () => void): () => void {
  let socket: WebSocket | null = null;
  let failures = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let closed = false;

  const connect = (): void => {
    const address = new URL(url("ws"));
    address.protocol = address.protocol === "https:" ? "wss:" : "ws:";
    socket = new WebSocket(address.href);
    socket.onopen = () => {
      failures = 0;
    };
    socket.onmessage = (event: MessageEvent<string>) => applyMessage(client, JSON.parse(event.data) as Message, onRevoked);
    socket.onclose = () => {
      if (closed) return;
      failures += 1;
      timer = setTimeout(connect, Math.min(longestWait, 1000 * 2 ** failures));
    };
  };
  const ping = setInterval(() => {
    if (socket?.readyState === WebSocket.OPEN) socket.send('{"type":"ping"}');
  }, pingEvery);

  connect();
  return () => {
    closed = true;
    clearTimeout(timer);
    clearInterval(ping);
    socket?.close();
  };
}
