import { refreshSession } from "@/shared/api/client";
import { trackById } from "@/shared/api/trackItems";
import { useScope } from "@/shared/hooks/scope";
import { ElementEngine } from "./elementEngine";
import { systemControls } from "./mediaSession";
import { keepSaved, readSaved } from "./persist";
import type { Player } from "./player";
import { reportPlays } from "./plays";
import { QueuePlayer } from "./queuePlayer";
import { adoptServerQueue, syncQueue } from "./queueSync";

/** The player of this window. It is made at the first sign-in and lives as long as the page. */
let player: Player | null = null;
let stops: (() => void)[] = [];

export function thePlayer(): Player {
  player ??= new QueuePlayer({ engine: new ElementEngine(), trackById, renewSession: refreshSession });
  return player;
}

export function startPlayer(userId: string): void {
  stopPlayer();
  const fresh = new QueuePlayer({ engine: new ElementEngine(), trackById, renewSession: refreshSession }, readSaved(userId));
  player = fresh;
  const colour = (): void => {
    const accent = fresh.getState().track?.accent ?? null;
    if (useScope.getState().playing !== accent) useScope.setState({ playing: accent });
  };
  stops = [keepSaved(userId, fresh), reportPlays(fresh), syncQueue(fresh), systemControls(fresh), fresh.subscribe(colour)];
  colour();
  void adoptServerQueue(fresh);
}

/** Sign-out: silence, and nothing of this listener stays in the page. */
export function stopPlayer(): void {
  stops.forEach((stop) => stop());
  stops = [];
  player?.reset();
  player = null;
  useScope.setState({ playing: null });
}
