import type { PlayerState, PlayerTime } from "./player";

/** State and time of a player, and who listens to them. */
export class PlayerStore {
  time: PlayerTime = { position: 0, duration: 0, buffered: 0 };
  private readonly changed = new Set<() => void>();
  private readonly timeChanged = new Set<() => void>();

  constructor(public state: PlayerState) {}

  set(change: Partial<PlayerState>): void {
    this.state = { ...this.state, ...change };
    for (const listener of this.changed) listener();
  }
  setTime(time: PlayerTime): void {
    this.time = time;
    for (const listener of this.timeChanged) listener();
  }
  subscribe(changed: () => void): () => void {
    this.changed.add(changed);
    return () => this.changed.delete(changed);
  }
  subscribeTime(changed: () => void): () => void {
    this.timeChanged.add(changed);
    return () => this.timeChanged.delete(changed);
  }
}
