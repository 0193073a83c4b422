import type { EngineEvent } from "./engine";

type Told = "playing" | "waiting" | "paused";
const isState = (type: string): type is Told => type === "playing" || type === "waiting" || type === "paused";

/** Tells the player what an engine does, and remembers what it said of the state. */
export class Teller {
  private told: Told = "paused";
  private listener: (event: EngineEvent) => void = () => undefined;

  on(listener: (event: EngineEvent) => void): void {
    this.listener = listener;
  }
  tell(event: EngineEvent): void {
    if (isState(event.type)) this.told = event.type;
    this.listener(event);
  }
  /** Only if it is news. */
  say(type: Told): void {
    if (this.told !== type) this.tell({ type });
  }
  /** The player set its state by itself. */
  assume(type: Told): void {
    this.told = type;
  }
}
