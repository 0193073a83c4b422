import { i18n } from "@lingui/core";
import { refreshSession } from "@/shared/api/client";
import { trackById } from "@/shared/api/trackItems";
import type { TrackItem } from "@/shared/api/types";
import { useScope } from "@/shared/hooks/scope";
import { toast } from "@/shared/ui/toast";
import type { Engine } from "./engine";
import { chooseEngine } from "./engineChoice";
import { systemControls } from "./mediaSession";
import { keepSaved, readSaved } from "./persist";
import type { SkipReason } from "./playback";
import type { Player } from "./player";
import { reportPlays } from "./plays";
import { QueuePlayer, type Saved } from "./queuePlayer";
import { adoptServerQueue, syncQueue } from "./queueSync";

/** The player of this window. It is made at the first sign-in and lives as long as the page. */
let player: Player | null = null;
let stops: (() => void)[] = [];

/** One engine a page: browsers allow few sound contexts, and a gesture frees only the elements it meets. */
let engine: Engine | null = null;

function makePlayer(saved: Partial<Saved> = {}): Player {
  engine ??= chooseEngine();
  return new QueuePlayer({ engine, trackById, renewSession: refreshSession, onSkipped: tellSkipped }, saved);
}

export function thePlayer(): Player {
  player ??= makePlayer();
  return player;
}

function tellSkipped(track: TrackItem | null, reason: SkipReason, stopped: boolean): void {
  const title = track?.title ?? i18n.t("A track");
  if (stopped) toast({ text: i18n.t("Several tracks in a row could not be played, so playback has stopped.") });
  else if (reason === "gone") toast({ text: i18n.t("{title} was skipped: it is no longer in the library", { title }) });
  else toast({ text: i18n.t("{title} was skipped: it could not be played", { title }) });
}

export function startPlayer(userId: string): void {
  stopPlayer();
  const fresh = makePlayer(readSaved(userId));
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
