import { playbackSettings } from "./playbackSettings";
import type { Channel } from "./sound/channel";
import { AudioGraph } from "./sound/graph";

type WithSink = { setSinkId?: (id: string) => Promise<void> };

const restAfterMs = 60_000;

/** The Web Audio side of the sound: made with the first gesture, asleep while nothing plays for long, woken when the system put it to sleep. */
export class SoundOutput {
  private context: AudioContext | null = null;
  private graph: AudioGraph | null = null;
  private volume = 1;
  private resting: ReturnType<typeof setTimeout> | undefined;
  private wanted = false;

  constructor(private readonly elements: readonly HTMLMediaElement[], private readonly withGraph: boolean) {
    playbackSettings.subscribe((now, before) => {
      if (now.equaliser !== before.equaliser) this.graph?.setEqualiser(now.equaliser);
      if (now.crossfade > 0) this.graph?.expectOverlap();
    });
  }

  get hasGraph(): boolean {
    return this.withGraph;
  }
  get analyser(): AnalyserNode | null {
    return this.graph?.analyser ?? null;
  }
  /** Context time; null without Web Audio. */
  get now(): number | null {
    return this.context?.currentTime ?? null;
  }
  get asleep(): boolean {
    return this.context !== null && this.context.state !== "running";
  }

  /** Call it from a gesture the first time. */
  wake(): void {
    clearTimeout(this.resting);
    this.wanted = true;
    if (!this.withGraph) return;
    if (!this.context) this.make();
    // Does not settle while the browser waits for a gesture.
    if (this.asleep) void this.context?.resume().catch(() => undefined);
  }

  /** Nothing plays: after a while the sound card may rest. */
  rest(): void {
    this.wanted = false;
    clearTimeout(this.resting);
    this.resting = setTimeout(() => void this.context?.suspend().catch(() => undefined), restAfterMs);
  }

  channel(element: HTMLMediaElement): Channel | null {
    return this.graph?.channel(element) ?? null;
  }

  /** Linear; with Web Audio the whole sound, else the element alone. */
  setVolume(volume: number): void {
    this.volume = volume;
    this.graph?.setVolume(volume);
  }

  /** "" = as the system says. */
  async setOutput(id: string): Promise<void> {
    const sinks: WithSink[] = this.context ? [this.context as WithSink] : [...this.elements];
    for (const sink of sinks) await sink.setSinkId?.(id);
  }

  private make(): void {
    const context = new AudioContext({ latencyHint: "playback" });
    this.context = context;
    this.graph = new AudioGraph(context);
    this.graph.setVolume(this.volume);
    this.graph.setEqualiser(playbackSettings.getState().equaliser);
    if (playbackSettings.getState().crossfade > 0) this.graph.expectOverlap();
    context.addEventListener("statechange", () => {
      // A call or an alarm is over, or the device changed.
      if (this.wanted && context.state === "suspended") void context.resume().catch(() => undefined);
    });
    const { output } = playbackSettings.getState();
    if (output) void this.setOutput(output).catch(() => undefined);
  }
}

export const canChooseOutput = (): boolean =>
  typeof navigator.mediaDevices?.enumerateDevices === "function" && ("setSinkId" in HTMLMediaElement.prototype || (typeof AudioContext !== "undefined" && "setSinkId" in AudioContext.prototype));

export async function outputDevices(): Promise<{ id: string; name: string }[]> {
  if (!canChooseOutput()) return [];
  const devices = await navigator.mediaDevices.enumerateDevices().catch(() => []);
  return devices.filter((device) => device.kind === "audiooutput" && device.label).map((device) => ({ id: device.deviceId === "default" ? "" : device.deviceId, name: device.label }));
}
