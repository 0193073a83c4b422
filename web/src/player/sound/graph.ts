import type { Equaliser } from "../playbackSettings";
import { bandQ, bandsHz, isNeutral, peakDb, preampOf, worstCaseGain } from "./equaliser";
import { DeckChannel, type Channel } from "./channel";
import limiterUrl from "./limiterWorklet?worker&url";
import { smoothSeconds, smoothly } from "./smoothly";

/** The way of the sound from the decks to the loudspeaker:
 *  source -> level -> fade -> [equaliser] -> [limiter] -> analyser -> output (volume) -> destination.
 *  What stands in brackets is there only while it has something to do; otherwise the samples come out as they went in. */

const crossSeconds = 0.03;
/** Begins and ends level, so that the crossing has no corners. */
const crossing = Float32Array.from({ length: 65 }, (_, i) => Math.sin((i / 64) * (Math.PI / 2)) ** 2);
/** New filters hear the music this long before they are heard. */
const warmSeconds = 0.06;

const linear = (db: number): number => 10 ** (db / 20);

/** One way between the channels and the analyser. A change of what is in it builds a new one beside it and crosses over. */
interface Path {
  readonly key: string;
  readonly input: AudioNode;
  readonly gate: GainNode;
  readonly preamp: GainNode | null;
  readonly bands: readonly BiquadFilterNode[];
  dispose(): void;
}

export class AudioGraph {
  readonly analyser: AnalyserNode;
  readonly output: GainNode;
  /** Resolves when it is known whether the limiter can be used; until then the equaliser lowers the sound instead. */
  readonly ready: Promise<void>;
  private readonly mix: GainNode;
  private readonly elements = new WeakMap<HTMLMediaElement, AudioNode>();
  private readonly channels = new Set<DeckChannel>();
  private equaliser: Equaliser | null = null;
  private limiterLoaded = false;
  /** Two tracks have sounded at once: their peaks may meet, so from now on the limiter stays. */
  private overlapped = false;
  private path: Path;
  private readonly leaving: { path: Path; until: number }[] = [];
  private sweeping: ReturnType<typeof setTimeout> | undefined;
  private closed = false;

  constructor(private readonly context: BaseAudioContext) {
    this.mix = context.createGain();
    this.analyser = context.createAnalyser();
    this.analyser.fftSize = 2048;
    this.analyser.smoothingTimeConstant = 0.8;
    this.output = context.createGain();
    this.analyser.connect(this.output).connect(context.destination);
    this.path = this.build(false, false);
    this.ready = this.loadLimiter();
  }

  /** What is in the path now; for the page that tells the truth about the sound, and for tests. */
  get inPath(): { equaliser: boolean; limiter: boolean } {
    return { equaliser: this.path.key.includes("eq"), limiter: this.path.key.includes("limiter") };
  }

  /** An element can be given again after its channel was disconnected. */
  channel(source: HTMLMediaElement | AudioNode): Channel {
    const node = source instanceof AudioNode ? source : this.elementNode(source);
    const channel = new DeckChannel(this.context, node, this.mix, {
      reachChanged: () => this.refresh(),
      fadesIn: (from, at) => this.onFadeIn(from, at),
      gone: (from) => {
        this.channels.delete(from);
        this.refresh();
      },
    });
    this.channels.add(channel);
    return channel;
  }

  setEqualiser(equaliser: Equaliser): void {
    this.equaliser = equaliser;
    this.refresh();
  }

  /** Tracks will sound over each other. What that needs goes into the path now: in the middle of a fade the change would be heard. */
  expectOverlap(): void {
    if (this.overlapped) return;
    this.overlapped = true;
    this.refresh();
  }

  setVolume(volume: number): void {
    smoothly(this.context, this.output.gain, Math.min(1, Math.max(0, volume)));
  }

  close(): void {
    this.closed = true;
    clearTimeout(this.sweeping);
    for (const channel of [...this.channels]) channel.disconnect();
    for (const { path } of this.leaving.splice(0)) path.dispose();
    this.path.dispose();
    this.mix.disconnect();
    this.analyser.disconnect();
    this.output.disconnect();
  }

  private async loadLimiter(): Promise<void> {
    // Only in a secure context: https or localhost.
    const worklet = this.context.audioWorklet as AudioWorklet | undefined;
    if (!worklet) return;
    try {
      await worklet.addModule(limiterUrl);
      this.limiterLoaded = true;
    } catch {
      // Without it the preamplifier does the work.
      return;
    }
    this.refresh();
  }

  private elementNode(element: HTMLMediaElement): AudioNode {
    const known = this.elements.get(element);
    if (known) return known;
    const node = (this.context as AudioContext).createMediaElementSource(element);
    this.elements.set(element, node);
    return node;
  }

  private onFadeIn(from: DeckChannel, at: number): void {
    if (this.overlapped || ![...this.channels].some((one) => one !== from && one.audibleAt(at))) return;
    this.overlapped = true;
    this.refresh();
  }

  /** Puts into the path what is needed and takes out what is not. */
  private refresh(): void {
    if (this.closed) return;
    const { sampleRate } = this.context;
    const eq = this.equaliser;
    const equalised = eq !== null && !isNeutral(eq);
    const gains = equalised ? eq.gainsDb : [];
    let preampDb = equalised ? preampOf(eq, sampleRate) : 0;
    const reach = Math.max(1, ...[...this.channels].map((channel) => channel.reach()));
    const most = reach * (equalised ? linear(preampDb) * worstCaseGain(gains, sampleRate) : 1);
    const needed = this.overlapped || most > 1.000_1;
    if (equalised && needed && !this.limiterLoaded) preampDb = Math.min(preampDb, -peakDb(gains, sampleRate));
    const limited = needed && this.limiterLoaded;
    const key = keyOf(equalised, limited);
    if (key !== this.path.key) this.swap(this.build(equalised, limited, gains, preampDb));
    else if (equalised) this.tune(this.path, gains, preampDb);
  }

  private tune(path: Path, gains: readonly number[], preampDb: number): void {
    if (path.preamp) smoothly(this.context, path.preamp.gain, linear(preampDb));
    path.bands.forEach((band, index) => smoothly(this.context, band.gain, gains[index] ?? 0));
  }

  private build(equalised: boolean, limited: boolean, gains: readonly number[] = [], preampDb = 0): Path {
    const { context } = this;
    const gate = context.createGain();
    const preamp = equalised ? context.createGain() : null;
    if (preamp) preamp.gain.value = linear(preampDb);
    const bands = equalised ? bandsHz.map((hz, index) => new BiquadFilterNode(context, { type: "peaking", frequency: hz, Q: bandQ, gain: gains[index] ?? 0 })) : [];
    // Stereo, because the two sides must be lowered together and the loudspeaker gets two anyway.
    const limiter = limited ? new AudioWorkletNode(context, "resonance-limiter", { numberOfInputs: 1, numberOfOutputs: 1, outputChannelCount: [2], channelCount: 2, channelCountMode: "explicit" }) : null;
    const nodes: AudioNode[] = [preamp, ...bands, limiter, gate].filter((node) => node !== null);
    nodes.reduce((from, to) => from.connect(to));
    const input = nodes[0] as AudioNode;
    this.mix.connect(input);
    gate.connect(this.analyser);
    const dispose = (): void => {
      this.mix.disconnect(input);
      nodes.forEach((node) => node.disconnect());
      limiter?.port.postMessage("stop");
    };
    return { key: keyOf(equalised, limited), input, gate, preamp, bands, dispose };
  }

  /** Both ways carry the same music, so their shares must add up to one. */
  private swap(next: Path): void {
    const before = this.path;
    this.path = next;
    const now = this.context.currentTime;
    if (now === 0) {
      before.dispose();
      return;
    }
    const start = now + warmSeconds;
    const end = start + crossSeconds;
    const cross = (param: AudioParam, from: number, to: number): void => {
      param.cancelScheduledValues(0);
      param.setValueAtTime(from, now);
      param.setValueCurveAtTime(crossing.map((share) => from + (to - from) * share), start, crossSeconds);
    };
    next.gate.gain.value = 0;
    cross(next.gate.gain, 0, 1);
    this.leaving.push({ path: before, until: end });
    for (const one of this.leaving) {
      cross(one.path.gate.gain, one.path.gate.gain.value, 0);
      one.until = end;
    }
    this.sweepSoon();
  }

  /** A context that rests does not cross over; the old way waits for it. */
  private sweepSoon(): void {
    clearTimeout(this.sweeping);
    if (this.leaving.length === 0) return;
    this.sweeping = setTimeout(() => {
      const over = this.leaving.filter((one) => one.until + smoothSeconds < this.context.currentTime);
      for (const one of over) {
        one.path.dispose();
        this.leaving.splice(this.leaving.indexOf(one), 1);
      }
      this.sweepSoon();
    }, 250);
  }
}

const keyOf = (equalised: boolean, limited: boolean): string => `${equalised ? "eq " : ""}${limited ? "limiter" : ""}`;
