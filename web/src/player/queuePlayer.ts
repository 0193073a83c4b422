import type { Id } from "@/shared/api/types";
import { Playback, type Needs as PlaybackNeeds } from "./playback";
import type { OutputDevice, Player, PlayerState, PlayerTime, Sleep, StartOptions } from "./player";
import { PlayerStore } from "./playerStore";
import { playbackSettings } from "./playbackSettings";
import * as q from "./queue";
import type { Queue, Repeat } from "./queue";
import { arrange, inPlace, shuffledOrder, type AskOrder } from "./shuffle";
import { SleepTimer } from "./sleepTimer";
import { outputDevices } from "./soundOutput";

export interface Needs extends PlaybackNeeds {
  /** The server's shuffle; a test brings its own. */
  order?: AskOrder;
}
export interface Saved {
  queue: Queue;
  position: number;
  volume: number;
  muted: boolean;
}

const longestQueue = 10_000;
const backToStartAfter = 3;

/** The verbs of a player: each changes the queue, the sound, or both. */
export class QueuePlayer implements Player {
  private readonly store: PlayerStore;
  private readonly playback: Playback;
  private readonly sleepTimer = new SleepTimer(() => {
    this.store.set({ sleep: null });
    this.pause();
  });

  constructor(private readonly needs: Needs, saved: Partial<Saved> = {}) {
    const queue = saved.queue ?? q.emptyQueue;
    this.store = new PlayerStore({ queue, track: null, state: q.current(queue) ? "paused" : "idle", volume: saved.volume ?? 0.8, muted: saved.muted ?? false, trouble: null, streamed: null, speed: 1, sleep: null });
    this.playback = new Playback(this.store, needs);
    this.playback.resumeAt = saved.position ?? 0;
    this.applyVolume();
    this.store.subscribeTime(() => this.sleepTimer.check());
    void this.playback.show();
  }

  getState(): PlayerState {
    return this.store.state;
  }
  subscribe(changed: () => void): () => void {
    return this.store.subscribe(changed);
  }
  getTime(): PlayerTime {
    return this.store.time;
  }
  subscribeTime(changed: () => void): () => void {
    return this.store.subscribeTime(changed);
  }

  private get state(): PlayerState {
    return this.store.state;
  }
  private get queue(): Queue {
    return this.store.state.queue;
  }

  start(trackIds: readonly Id[], options: StartOptions = {}): void {
    if (trackIds.length === 0) return;
    const shuffled = options.shuffle ?? this.queue.shuffled;
    const index = options.index ?? (shuffled ? Math.floor(Math.random() * trackIds.length) : 0);
    this.setQueue(q.start(this.queue, trackIds.slice(0, longestQueue), index, options.source ?? null, shuffled, inPlace));
    void this.playback.load(0, true);
    if (options.more) void this.fetchMore(options.more);
    else if (shuffled) void this.reorder();
  }

  play(): void {
    if (!q.current(this.queue)) return;
    const { playback } = this;
    if (playback.loadedUid === null) void playback.load(playback.resumeAt, true);
    else void this.needs.engine.play();
  }
  pause(): void {
    this.needs.engine.pause();
    if (this.state.state === "loading") this.store.set({ state: "paused", trouble: null });
  }
  toggle(): void {
    if (this.state.state === "playing" || this.state.state === "loading") this.pause();
    else this.play();
  }
  next(): void {
    this.goTo(q.nextIndex(this.queue, false));
  }
  previous(): void {
    const before = q.previousIndex(this.queue);
    if (this.getTime().position > backToStartAfter || before === null) this.seek(0);
    else this.goTo(before);
  }
  seek(seconds: number): void {
    const time = this.getTime();
    const to = Math.max(0, Math.min(seconds, time.duration || seconds));
    if (this.playback.loadedUid === null) {
      this.playback.resumeAt = to;
      this.store.setTime({ ...time, position: to });
      return;
    }
    this.needs.engine.seek(to);
    this.playback.readTime();
  }
  seekBy(seconds: number): void {
    this.seek(this.getTime().position + seconds);
  }

  setVolume(volume: number): void {
    this.store.set({ volume: Math.min(1, Math.max(0, volume)), muted: false });
    this.applyVolume();
  }
  setMuted(muted: boolean): void {
    this.store.set({ muted });
    this.applyVolume();
  }
  setRepeat(repeat: Repeat): void {
    this.setQueue({ ...this.queue, repeat });
  }
  setShuffle(on: boolean): void {
    if (on === this.queue.shuffled) return;
    this.setQueue(q.setShuffled(this.queue, on, inPlace));
    if (on) void this.reorder();
  }

  setSpeed(speed: number): void {
    this.store.set({ speed: Math.min(2, Math.max(0.5, speed)) });
    this.needs.engine.setSpeed(this.state.speed);
  }
  setSleep(sleep: Sleep): void {
    this.store.set({ sleep });
    this.sleepTimer.set(sleep);
    if (this.playback.loadedUid !== null) void this.playback.prepareNext();
  }
  analyser(): AnalyserNode | null {
    return this.needs.engine.analyser();
  }
  outputs(): Promise<readonly OutputDevice[]> {
    return outputDevices();
  }
  async setOutput(id: string): Promise<void> {
    await this.needs.engine.setOutput(id);
    playbackSettings.setState({ output: id });
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
    return this.undoable(q.remove(this.queue, new Set(uids)), uids);
  }
  clearAdded(): () => void {
    return this.undoable(q.clearAdded(this.queue));
  }
  clearUpcoming(): () => void {
    return this.undoable(q.clearUpcoming(this.queue));
  }
  move(uids: readonly number[], to: number, own = false): () => void {
    return this.undoable(q.moveAll(this.queue, new Set(uids), to, own), uids);
  }

  restore(trackIds: readonly Id[], index: number, positionSeconds: number): void {
    this.playback.unload(positionSeconds);
    const queue = q.start({ ...this.queue, entries: [], index: -1 }, trackIds, Math.max(0, Math.min(index, trackIds.length - 1)), null, false);
    this.setQueue(queue);
    this.store.set({ state: trackIds.length ? "paused" : "idle" });
    void this.playback.show();
  }
  reset(): void {
    this.playback.unload(0);
    this.sleepTimer.set(null);
    this.store.set({ queue: q.emptyQueue, track: null, state: "idle", trouble: null, sleep: null });
    this.store.setTime({ position: 0, duration: 0, buffered: 0 });
  }

  private applyVolume(): void {
    this.needs.engine.setVolume(this.state.muted ? 0 : this.state.volume);
  }

  /** A changed queue may have changed what follows. */
  private setQueue(queue: Queue): void {
    if (queue === this.queue) return;
    this.store.set({ queue });
    if (this.playback.loadedUid !== null && q.current(queue)?.uid === this.playback.loadedUid) void this.playback.prepareNext();
  }

  private loadCurrent(at: number, play: boolean): void {
    if (q.current(this.queue)) void this.playback.load(at, play);
    else this.reset();
  }

  /** Undoing touches only these entries (those that went, if not given): what happened since stays. */
  private undoable(queue: Queue, uids?: readonly number[]): () => void {
    const before = this.queue;
    const left = new Set(queue.entries.map((entry) => entry.uid));
    const touched = new Set(uids ?? before.entries.map((entry) => entry.uid).filter((uid) => !left.has(uid)));
    const lost = q.current(before)?.uid;
    const removedCurrent = lost !== q.current(queue)?.uid;
    const wasPlaying = this.state.state === "playing" || this.state.state === "loading";
    const { position } = this.getTime();
    this.setQueue(queue);
    if (removedCurrent) this.loadCurrent(0, wasPlaying);
    return () => {
      const empty = this.queue.entries.length === 0;
      // Another list plays by now.
      if (!empty && this.queue.source !== before.source) return;
      const restored = q.putBack(this.queue, before, touched);
      this.setQueue(removedCurrent ? q.jump(restored, restored.entries.findIndex((entry) => entry.uid === lost)) : restored);
      if (removedCurrent) this.loadCurrent(position, wasPlaying);
    };
  }

  private addOrStart(trackIds: readonly Id[], add: (queue: Queue, ids: readonly Id[]) => Queue): void {
    if (!q.current(this.queue)) this.start(trackIds);
    else this.setQueue(add(this.queue, trackIds));
  }

  private goTo(index: number | null): void {
    if (index === null) this.needs.engine.pause();
    else this.playback.goTo(index, true);
  }

  private async fetchMore(more: () => Promise<readonly Id[] | null>): Promise<void> {
    const { source } = this.queue;
    while (this.queue.entries.length < longestQueue) {
      const ids = await more().catch(() => null);
      if (this.queue.source !== source) return;
      if (!ids) break;
      this.setQueue(q.extend(this.queue, ids, inPlace));
    }
    if (this.queue.shuffled) void this.reorder();
  }

  /** Brings what comes next into the server's order. */
  private async reorder(): Promise<void> {
    const { source } = this.queue;
    const upcoming = this.queue.entries.slice(q.upcomingStart(this.queue));
    const order = await shuffledOrder(upcoming.map((entry) => entry.trackId), this.needs.order);
    if (!this.queue.shuffled || this.queue.source !== source) return;
    this.setQueue(arrange(this.queue, order.map((i) => upcoming[i]?.uid ?? -1)));
  }
}
