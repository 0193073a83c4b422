import type { Id, TrackItem } from "@/shared/api/types";
import type { Cue, Engine, EngineEvent } from "./engine";
import type { PlayerStore } from "./playerStore";
import * as q from "./queue";
import type { Queue, QueueEntry } from "./queue";
import { persistently, Unreachable } from "./retry";
import { isAlbumPlay } from "./sound/levelling";

export type SkipReason = "format" | "gone";

export interface Needs {
  engine: Engine;
  trackById: (id: Id) => Promise<TrackItem | null>;
  /** Makes a lapsed session good again before a stream is tried a second time. */
  renewSession: () => Promise<boolean>;
  /** A track was left out; `stopped` = it was one too many in a row. */
  onSkipped?: (track: TrackItem | null, reason: SkipReason, stopped: boolean) => void;
}

const giveUpAfter = 3;
/** Seconds. */
const shortTrack = 20;

/** Joins the queue with an engine: which entry sounds, what follows, and what happens when one cannot play. */
export class Playback {
  /** Of the entry the engine has; null = nothing is loaded. */
  loadedUid: number | null = null;
  /** Where the current entry begins once it is played. */
  resumeAt = 0;
  /** Counts loads; an answer to an older one is dropped. */
  private turn = 0;
  private asking = new AbortController();
  private failures = 0;
  private renewed = false;
  private lost = false;
  /** The last entry that was fetched ahead of its turn. */
  private warmed: number | null = null;

  constructor(private readonly store: PlayerStore, private readonly needs: Needs) {
    needs.engine.on((event) => this.onEngine(event));
  }

  private get queue(): Queue {
    return this.store.state.queue;
  }

  /** Silence; nothing is loaded. */
  unload(resumeAt: number): void {
    this.newTurn();
    this.needs.engine.stop();
    this.loadedUid = null;
    this.resumeAt = resumeAt;
    this.lost = false;
    this.store.set({ streamed: null });
  }

  readTime(): void {
    const { engine } = this.needs;
    this.store.setTime({ position: engine.position(), duration: engine.duration(), buffered: engine.buffered() });
  }

  /** Shows the current track without loading sound: after a reload nothing is fetched before the listener asks. */
  async show(): Promise<void> {
    const entry = q.current(this.queue);
    if (!entry) return;
    const turn = this.newTurn();
    const track = await this.needs.trackById(entry.trackId).catch(() => null);
    if (turn !== this.turn) return;
    this.store.set({ track });
    if (track) this.store.setTime({ position: this.resumeAt, duration: track.duration_s, buffered: 0 });
  }

  async load(at: number, play: boolean): Promise<void> {
    const entry = q.current(this.queue);
    if (!entry) return;
    const turn = this.newTurn();
    this.loadedUid = null;
    this.resumeAt = at;
    this.store.set({ state: play ? "loading" : "paused", trouble: null });
    const cue = await this.persistentCue(entry).catch(() => undefined);
    if (turn !== this.turn || cue === undefined) return;
    if (!cue) return this.afterFailure("gone");
    const wanted = this.store.state.state === "loading";
    const { resumeAt } = this;
    this.loadedUid = entry.uid;
    this.resumeAt = 0;
    this.store.set({ track: cue.track });
    this.store.setTime({ position: resumeAt, duration: cue.track.duration_s, buffered: resumeAt });
    const loading = this.needs.engine.load(cue, { at: resumeAt, play: wanted });
    void this.prepareNext();
    await loading;
  }

  /** Tells the engine what follows by itself. */
  async prepareNext(): Promise<void> {
    const { turn } = this;
    const entry = this.following();
    const cue = entry ? await this.cueOf(entry).catch(() => null) : null;
    // The queue may have changed while the track's facts were on the way.
    if (turn === this.turn && this.loadedUid !== null && entry?.uid === this.following()?.uid) this.needs.engine.setNext(cue);
    else return;
    // While a short track sounds there may be too little time to fetch the one behind it.
    const index = entry ? this.queue.entries.indexOf(entry) : -1;
    const after = cue && cue.track.duration_s < shortTrack && this.queue.repeat !== "one" ? this.queue.entries[index + 1] : undefined;
    const warm = after && after.uid !== this.warmed ? await this.cueOf(after).catch(() => null) : null;
    if (!warm || turn !== this.turn) return;
    this.warmed = warm.uid;
    this.needs.engine.warm(warm);
  }

  private following(): QueueEntry | null {
    if (this.store.state.sleep?.kind === "track") return null;
    const index = q.nextIndex(this.queue, true);
    return index === null ? null : (this.queue.entries[index] ?? null);
  }

  private newTurn(): number {
    this.asking.abort();
    this.asking = new AbortController();
    this.turn += 1;
    return this.turn;
  }

  private persistentCue(entry: QueueEntry): Promise<Cue | null> {
    const ask = (): Promise<Cue | null> =>
      this.cueOf(entry).catch((error: unknown) => {
        throw new Unreachable(String(error));
      });
    return persistently(ask, this.asking.signal, (yes) => this.onEngine({ type: "network", lost: yes }));
  }

  private async cueOf(entry: QueueEntry): Promise<Cue | null> {
    const at = this.queue.entries.indexOf(entry);
    const beside = [this.queue.entries[at - 1], this.queue.entries[at + 1]].map((one) => (one ? this.needs.trackById(one.trackId).catch(() => null) : null));
    const [track, ...neighbours] = await Promise.all([this.needs.trackById(entry.trackId), ...beside]);
    return track && { uid: entry.uid, track, albumPlay: isAlbumPlay(track, neighbours) };
  }

  private onEngine(event: EngineEvent): void {
    switch (event.type) {
      case "playing":
        this.failures = 0;
        this.renewed = false;
        return this.store.set({ state: "playing", trouble: null });
      case "paused":
        return this.store.set({ state: "paused" });
      case "waiting":
        if (this.store.state.state === "playing") this.store.set({ state: "loading", trouble: this.lost ? "network" : null });
        return;
      case "network":
        this.lost = event.lost;
        if (this.store.state.state === "loading" || !event.lost) this.store.set({ trouble: event.lost ? "network" : null });
        return;
      case "streamed":
        return this.store.set({ streamed: this.needs.engine.streamed() });
      case "time":
      case "seeked":
        return this.readTime();
      case "advance":
        return this.onAdvance(event.uid);
      case "ended":
        return this.onEnded();
      case "blocked":
        return this.store.set({ state: "paused", trouble: "blocked" });
      case "error":
        return void this.onError(event.reason);
    }
  }

  private onAdvance(uid: number): void {
    const index = this.queue.entries.findIndex((entry) => entry.uid === uid);
    const entry = this.queue.entries[index];
    // Taken out of the queue in the very moment in which it began.
    if (!entry) return this.onEnded();
    const turn = this.newTurn();
    this.loadedUid = uid;
    this.store.set({ queue: q.jump(this.queue, index) });
    const known = this.needs.trackById(entry.trackId);
    void known.catch(() => null).then((track) => {
      if (turn !== this.turn) return;
      if (track) this.store.set({ track });
      this.readTime();
      void this.prepareNext();
    });
  }

  /** The next one could not be prepared in time, or the queue is over, or it is time to sleep. */
  private onEnded(): void {
    const index = q.nextIndex(this.queue, true);
    if (this.store.state.sleep?.kind === "track") {
      this.store.set({ sleep: null, ...(index === null ? {} : { queue: q.jump(this.queue, index) }) });
    } else if (index !== null) return this.goTo(index, true);
    this.unload(0);
    this.store.set({ state: "paused" });
    void this.show();
  }

  goTo(index: number, play: boolean): void {
    this.store.set({ queue: q.jump(this.queue, index) });
    void this.load(0, play);
  }

  private async onError(reason: "network" | "format" | "gone"): Promise<void> {
    const at = this.store.time.position;
    const { turn } = this;
    if (reason === "network" && !this.renewed) {
      // The stream's cookie may have lapsed in the middle of a long track.
      this.renewed = true;
      const renewed = await this.needs.renewSession().catch(() => false);
      if (turn !== this.turn) return;
      if (renewed) return this.load(at, true);
    }
    if (reason !== "network") return this.afterFailure(reason);
    this.resumeAt = at;
    this.loadedUid = null;
    this.store.set({ state: "paused", trouble: "network" });
  }

  /** One track that cannot be played is skipped; several in a row mean that something else is wrong. */
  private afterFailure(reason: SkipReason): void {
    this.failures += 1;
    const index = q.nextIndex(this.queue, false);
    const stopped = this.failures >= giveUpAfter;
    const entry = q.current(this.queue);
    const { track } = this.store.state;
    this.needs.onSkipped?.(track?.id === entry?.trackId ? track : null, reason, stopped);
    if (!stopped && index !== null) return this.goTo(index, true);
    this.failures = 0;
    this.unload(0);
    this.store.set({ state: "paused", trouble: "format" });
  }
}
