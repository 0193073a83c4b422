import type { Id, TrackItem } from "@/shared/api/types";
import type { Engine, EngineEvent } from "./engine";
import type { OutputDevice, Player, PlayerState, PlayerTime, Sleep, StartOptions } from "./player";
import * as q from "./queue";
import type { Queue, Repeat } from "./queue";

export interface Needs {
  engine: Engine;
  trackById: (id: Id) => Promise<TrackItem | null>;
  /** Makes a lapsed session good again before a stream is tried a second time. */
  renewSession: () => Promise<boolean>;
}
export interface Saved {
  queue: Queue;
  position: number;
  volume: number;
  muted: boolean;
}

const longestQueue = 10_000;
const backToStartAfter = 3;
const giveUpAfter = 3;

/** Joins the queue with an engine: which track is current, what follows, and what happens when one cannot play. */
export class QueuePlayer implements Player {
  private state: PlayerState;
  private readonly changed = new Set<() => void>();
  private readonly timeChanged = new Set<() => void>();
  private time: PlayerTime = { position: 0, duration: 0, buffered: 0 };
  /** Counts loads; an answer to an older one is dropped. */
  private turn = 0;
  private loadedUid: number | null = null;
  private failures = 0;
  private renewed = false;
  private resumeAt = 0;

  constructor(private readonly needs: Needs, saved: Partial<Saved> = {}) {
    this.state = { queue: saved.queue ?? q.emptyQueue, track: null, state: "idle", volume: saved.volume ?? 0.8, muted: saved.muted ?? false, trouble: null, streamed: null, speed: 1, sleep: null };
    this.resumeAt = saved.position ?? 0;
    needs.engine.on((event) => this.onEngine(event));
    this.applyVolume();
    if (q.current(this.state.queue)) {
      this.state = { ...this.state, state: "paused" };
      void this.showCurrent();
    }
  }

  getState(): PlayerState {
    return this.state;
  }
  subscribe(changed: () => void): () => void {
    this.changed.add(changed);
    return () => this.changed.delete(changed);
  }
  getTime(): PlayerTime {
    return this.time;
  }
  subscribeTime(changed: () => void): () => void {
    this.timeChanged.add(changed);
    return () => this.timeChanged.delete(changed);
  }

  start(trackIds: readonly Id[], options: StartOptions = {}): void {
    if (trackIds.length === 0) return;
    const shuffled = options.shuffle ?? this.state.queue.shuffled;
    const index = options.index ?? (shuffled ? Math.floor(Math.random() * trackIds.length) : 0);
    this.setQueue(q.start(this.state.queue, trackIds.slice(0, longestQueue), index, options.source ?? null, shuffled));
    void this.loadCurrent(0, true);
    if (options.more) void this.fetchMore(options.more);
  }

  play(): void {
    if (!q.current(this.state.queue)) return;
    if (this.loadedUid === null || this.state.trouble === "network") void this.loadCurrent(this.resumeAt, true);
    else void this.needs.engine.play();
  }
  pause(): void {
    this.needs.engine.pause();
    if (this.state.state === "loading") this.set({ state: "paused" });
  }
  toggle(): void {
    if (this.state.state === "playing" || this.state.state === "loading") this.pause();
    else this.play();
  }
  next(): void {
    this.goTo(q.nextIndex(this.state.queue, false));
  }
  previous(): void {
    const before = q.previousIndex(this.state.queue);
    if (this.time.position > backToStartAfter || before === null) this.seek(0);
    else this.goTo(before);
  }
  seek(seconds: number): void {
    const to = Math.max(0, Math.min(seconds, this.time.duration || seconds));
    if (this.loadedUid === null) {
      this.resumeAt = to;
      this.setTime({ ...this.time, position: to });
      return;
    }
    this.needs.engine.seek(to);
    this.readTime();
  }
  seekBy(seconds: number): void {
    this.seek(this.time.position + seconds);
  }

  setVolume(volume: number): void {
    this.set({ volume: Math.min(1, Math.max(0, volume)), muted: false });
    this.applyVolume();
  }
  setMuted(muted: boolean): void {
    this.set({ muted });
    this.applyVolume();
  }
  setRepeat(repeat: Repeat): void {
    this.setQueue({ ...this.state.queue, repeat });
  }
  setShuffle(on: boolean): void {
    this.setQueue(q.setShuffled(this.state.queue, on));
  }

  setSpeed(speed: number): void {
    this.set({ speed: Math.min(2, Math.max(0.5, speed)) });
  }
  setSleep(sleep: Sleep): void {
    this.set({ sleep });
  }
  analyser(): AnalyserNode | null {
    return null;
  }
  outputs(): Promise<readonly OutputDevice[]> {
    return Promise.resolve([]);
  }
  setOutput(): Promise<void> {
    return Promise.resolve();
  }

  jumpTo(index: number): void {
    this.goTo(index);
  }
  playNext(trackIds: readonly Id[]): void {
    this.addOrStart(trackIds, q.playNext);
  }
  addLast(trackIds: readonly Id[]): void {
    this.addOrStart(trackIds, q.addLast);
  }
  remove(uids: readonly number[]): () => void {
    return this.undoable(q.remove(this.state.queue, new Set(uids)));
  }
  clearAdded(): () => void {
    return this.undoable(q.clearAdded(this.state.queue));
  }
  clearUpcoming(): () => void {
    return this.undoable(q.clearUpcoming(this.state.queue));
  }
  move(uid: number, to: number): void {
    this.setQueue(q.move(this.state.queue, uid, to));
  }

  restore(trackIds: readonly Id[], index: number, positionSeconds: number): void {
    this.needs.engine.stop();
    this.loadedUid = null;
    this.resumeAt = positionSeconds;
    const queue = q.start({ ...this.state.queue, entries: [], index: -1 }, trackIds, Math.max(0, Math.min(index, trackIds.length - 1)), null, false);
    this.setQueue(queue);
    this.set({ state: trackIds.length ? "paused" : "idle" });
    void this.showCurrent();
  }
  reset(): void {
    this.turn += 1;
    this.needs.engine.stop();
    this.loadedUid = null;
    this.resumeAt = 0;
    this.set({ queue: q.emptyQueue, track: null, state: "idle", trouble: null });
    this.setTime({ position: 0, duration: 0, buffered: 0 });
  }

  private set(change: Partial<PlayerState>): void {
    this.state = { ...this.state, ...change };
    for (const listener of this.changed) listener();
  }
  private setTime(time: PlayerTime): void {
    this.time = time;
    for (const listener of this.timeChanged) listener();
  }
  private readTime(): void {
    const { engine } = this.needs;
    this.setTime({ position: engine.position(), duration: engine.duration(), buffered: engine.buffered() });
  }
  private applyVolume(): void {
    this.needs.engine.setVolume(this.state.muted ? 0 : this.state.volume);
  }

  /** A changed queue may have changed what follows. */
  private setQueue(queue: Queue): void {
    if (queue === this.state.queue) return;
    this.set({ queue });
    if (this.loadedUid !== null && q.current(queue)?.uid === this.loadedUid) void this.prepareNext();
  }

  private undoable(queue: Queue): () => void {
    const before = this.state.queue;
    const removedCurrent = q.current(before)?.uid !== q.current(queue)?.uid;
    const wasPlaying = this.state.state === "playing";
    const position = this.time.position;
    this.setQueue(queue);
    if (removedCurrent) void this.loadCurrent(0, wasPlaying);
    return () => {
      this.setQueue(before);
      if (removedCurrent) void this.loadCurrent(position, wasPlaying);
    };
  }

  private addOrStart(trackIds: readonly Id[], add: (queue: Queue, ids: readonly Id[]) => Queue): void {
    if (!q.current(this.state.queue)) this.start(trackIds);
    else this.setQueue(add(this.state.queue, trackIds));
  }

  private goTo(index: number | null): void {
    if (index === null) {
      this.needs.engine.pause();
      return;
    }
    this.setQueue(q.jump(this.state.queue, index));
    void this.loadCurrent(0, true);
  }

  private async fetchMore(more: () => Promise<readonly Id[] | null>): Promise<void> {
    const { source } = this.state.queue;
    while (this.state.queue.entries.length < longestQueue) {
      const ids = await more().catch(() => null);
      if (!ids || this.state.queue.source !== source) return;
      this.setQueue(q.extend(this.state.queue, ids));
    }
  }

  /** Shows the current track without loading sound: after a reload nothing is fetched before the listener asks. */
  private async showCurrent(): Promise<void> {
    const entry = q.current(this.state.queue);
    if (!entry) return;
    const turn = ++this.turn;
    const track = await this.needs.trackById(entry.trackId).catch(() => null);
    if (turn !== this.turn) return;
    this.set({ track });
    if (track) this.setTime({ position: this.resumeAt, duration: track.duration_s, buffered: 0 });
  }

  private async loadCurrent(at: number, play: boolean): Promise<void> {
    const entry = q.current(this.state.queue);
    const turn = ++this.turn;
    if (!entry) {
      this.reset();
      return;
    }
    this.loadedUid = null;
    this.resumeAt = 0;
    this.set({ state: play ? "loading" : "paused", trouble: null });
    let track: TrackItem | null;
    try {
      track = await this.needs.trackById(entry.trackId);
    } catch {
      if (turn === this.turn) {
        this.resumeAt = at;
        this.set({ state: "paused", trouble: "network" });
      }
      return;
    }
    if (turn !== this.turn) return;
    if (!track) {
      this.afterFailure();
      return;
    }
    this.loadedUid = entry.uid;
    this.set({ track });
    this.setTime({ position: at, duration: track.duration_s, buffered: at });
    await this.needs.engine.load(track, { at, play });
    if (turn === this.turn) void this.prepareNext();
  }

  private async prepareNext(): Promise<void> {
    const { turn } = this;
    const index = q.nextIndex(this.state.queue, true);
    const entry = index === null ? null : this.state.queue.entries[index];
    const track = entry ? await this.needs.trackById(entry.trackId).catch(() => null) : null;
    if (turn === this.turn) this.needs.engine.setNext(track);
  }

  private onEngine(event: EngineEvent): void {
    switch (event.type) {
      case "playing":
        this.failures = 0;
        this.renewed = false;
        return this.set({ state: "playing", trouble: null });
      case "paused":
        return this.set({ state: "paused" });
      case "waiting":
        if (this.state.state === "playing") this.set({ state: "loading" });
        return;
      case "time":
      case "seeked":
        return this.readTime();
      case "advance":
        return this.onAdvance();
      case "ended":
        return this.onEnded();
      case "blocked":
        return this.set({ state: "paused", trouble: "blocked" });
      case "error":
        return void this.onError(event.reason);
    }
  }

  private onAdvance(): void {
    const index = q.nextIndex(this.state.queue, true);
    const entry = index === null ? null : this.state.queue.entries[index];
    if (index === null || !entry) return;
    const turn = ++this.turn;
    this.loadedUid = entry.uid;
    this.set({ queue: q.jump(this.state.queue, index) });
    void this.needs.trackById(entry.trackId).then((track) => {
      if (turn !== this.turn) return;
      this.set({ track });
      this.readTime();
      void this.prepareNext();
    });
  }

  /** The next one could not be prepared in time, or the queue is over. */
  private onEnded(): void {
    const index = q.nextIndex(this.state.queue, true);
    if (index !== null) return this.goTo(index);
    this.set({ state: "paused" });
    this.loadedUid = null;
    this.setTime({ ...this.time, position: 0 });
  }

  private async onError(reason: "network" | "format"): Promise<void> {
    const at = this.time.position;
    if (!this.renewed) {
      // The stream's cookie may have lapsed in the middle of a long track.
      this.renewed = true;
      if (await this.needs.renewSession().catch(() => false)) return this.loadCurrent(at, true);
    }
    if (reason === "network") {
      this.resumeAt = at;
      this.loadedUid = null;
      this.set({ state: "paused", trouble: "network" });
      return;
    }
    this.set({ trouble: "format" });
    this.afterFailure();
  }

  /** One track that cannot be played is skipped; several in a row mean that something else is wrong. */
  private afterFailure(): void {
    this.failures += 1;
    const index = q.nextIndex(this.state.queue, false);
    if (this.failures >= giveUpAfter || index === null) this.set({ state: "paused", trouble: "format" });
    else this.goTo(index);
  }
}
