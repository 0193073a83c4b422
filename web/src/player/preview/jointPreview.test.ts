import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { PlaybackManifest } from "../manifest";
import { Unplayable } from "../retry";
import { beatError, planJoint, type DeckFacts } from "./align";
import { beats, type BeatGrid } from "./grid";
import { JointPreview, type PreviewNeeds } from "./jointPreview";
import type { Decoded } from "./schedule";

/** A context that only writes down what is asked of it; its clock is moved by hand. */
class FakeContext {
  currentTime = 10;
  state = "running";
  destination = {};
  sources: { start: [number, number]; stop: number[]; rate: { value: number; setValueAtTime: (value: number) => void }; buffer: AudioBuffer | null }[] = [];
  createGain() {
    const gain = { value: 1, setValueAtTime: vi.fn(), setTargetAtTime: vi.fn(), setValueCurveAtTime: vi.fn(), linearRampToValueAtTime: vi.fn(), cancelScheduledValues: vi.fn() };
    return { gain, context: this, connect: (to: unknown) => to, disconnect: () => undefined };
  }
  createBufferSource() {
    const seen = { start: [0, 0] as [number, number], stop: [] as number[], rate: { value: 1, setValueAtTime: (value: number): void => void (seen.rate.value = value) }, buffer: null as AudioBuffer | null };
    this.sources.push(seen);
    return {
      context: this,
      playbackRate: seen.rate,
      set buffer(value: AudioBuffer) {
        seen.buffer = value;
      },
      connect: (to: unknown) => to,
      disconnect: () => undefined,
      start: (at: number, offset: number) => (seen.start = [at, offset]),
      stop: (at: number) => seen.stop.push(at),
      onended: null,
    };
  }
}

class FakeBuffer {
  readonly numberOfChannels = 1;
  readonly sampleRate = 100;
  readonly data: Float32Array;
  constructor(readonly length: number) {
    this.data = new Float32Array(length).fill(0.1);
  }
  get duration(): number {
    return this.length / this.sampleRate;
  }
  getChannelData = (): Float32Array => this.data;
}

const facts = (more: Partial<DeckFacts>): DeckFacts => ({ duration_s: 240, grid: null, bpm: null, introEnd_s: null, outroStart_s: 205, leadSilence_s: 0.2, trailSilence_s: 1, ...more });
const gridA: BeatGrid = { bpm: 124, offset_s: 0.31 };
const gridB: BeatGrid = { bpm: 120.5, offset_s: 0.44 };
const manifest = { gain: { track_db: null, track_peak: null, album_db: null, album_peak: null }, tiers: [] } as unknown as PlaybackManifest;

let context: FakeContext;
let fetched: [number, number][];
function open(more: Partial<PreviewNeeds> = {}): JointPreview {
  return new JointPreview(
    {
      source: (id) => Promise.resolve({ manifest, facts: facts({ grid: id === "a" ? gridA : gridB }) }),
      clip: (_manifest, from, to): Promise<Decoded> => {
        fetched.push([from, to]);
        return Promise.resolve({ buffer: new FakeBuffer(Math.ceil((to - from) * 100)) as unknown as AudioBuffer, from, stretched: 1 });
      },
      context: () => context as unknown as AudioContext,
      volume: () => 0.5,
      ...more,
    },
    "a",
    "b",
  );
}
const settle = async (): Promise<void> => {
  for (let i = 0; i < 20; i += 1) await Promise.resolve();
};

beforeEach(() => {
  vi.useFakeTimers();
  context = new FakeContext();
  fetched = [];
});
afterEach(() => vi.useRealTimers());

/** When the beats of a scheduled source are heard, in context time. */
const heard = (source: FakeContext["sources"][number], from: number, grid: BeatGrid): number[] => {
  const [at, offset] = source.start;
  const rate = source.rate.value;
  const first = from + offset;
  return beats(grid, first, first + (Math.min(...source.stop) - at) * rate).map((beat) => at + (beat - first) / rate);
};

describe("two decks for a joint", () => {
  it("fetch the seconds around it only, and play beat on beat, lap after lap", async () => {
    const preview = open();
    await settle();
    expect(preview.getState().tempoPct).toBeCloseTo((124 / 120.5 - 1) * 100, 6);
    await preview.play();
    expect(preview.getState().status).toBe("playing");
    expect(fetched.reduce((sum, [from, to]) => sum + to - from, 0)).toBeLessThan(80);
    const [a, b] = context.sources as [FakeContext["sources"][number], FakeContext["sources"][number]];
    const [beatsA, beatsB] = [heard(a, fetched[0]?.[0] ?? 0, gridA), heard(b, fetched[1]?.[0] ?? 0, gridB)];
    const both = beatsB.filter((at) => at < (beatsA.at(-1) ?? 0));
    expect(both.length).toBeGreaterThan(25);
    for (const at of both) expect(Math.min(...beatsA.map((beat) => Math.abs(beat - at)))).toBeLessThan(0.005);

    // The next lap is there before this one is over.
    const { length } = preview.getState().plan ?? { length: 0 };
    context.currentTime = 10 + length - 1;
    await vi.advanceTimersByTimeAsync(300);
    expect(context.sources).toHaveLength(4);
    expect(context.sources[2]?.start[0]).toBeCloseTo(10.08 + length, 6);
    expect(fetched).toHaveLength(2);
    preview.close();
  });

  it("a new tempo goes on from where the second deck is, and parts from the beat as it must", async () => {
    const preview = open();
    await settle();
    await preview.play();
    const plan = preview.getState().plan;
    context.currentTime = 10.08 + (plan?.bAt ?? 0) + 4;
    const before = (context.sources[1]?.start[1] ?? 0) + 4 * (plan?.rate ?? 1);
    preview.change({ tempoPct: 0 });
    await settle();
    expect(context.sources).toHaveLength(2);
    expect(context.sources[1]?.rate.value).toBe(1);
    expect(preview.getState().plan?.inTime).toBe("once");
    // A nudge is a start of its own, a hair further back.
    preview.change({ nudge_s: 0.01 });
    await settle();
    expect(context.sources).toHaveLength(3);
    expect(context.sources[2]?.start[1]).toBeCloseTo(before - 0.01, 3);
    preview.close();
  });

  it("with the pitch kept the sound is made anew at its own speed", async () => {
    vi.stubGlobal(
      "AudioBuffer",
      class extends FakeBuffer {
        constructor(init: { length: number }) {
          super(init.length);
        }
        copyToChannel(): void {
          /* only its length matters here */
        }
      },
    );
    const preview = open();
    await settle();
    preview.change({ keepPitch: true });
    const playing = preview.play();
    await vi.advanceTimersByTimeAsync(50);
    await playing;
    const [, b] = context.sources;
    expect(b?.rate.value).toBeCloseTo(1, 9);
    expect(b?.buffer?.length).toBe(Math.floor((fetched[1] ? Math.ceil((fetched[1][1] - fetched[1][0]) * 100) : 0) / (preview.getState().plan?.rate ?? 1)));
    preview.close();
    vi.unstubAllGlobals();
  });

  it("stops when it is paused, and goes on from there", async () => {
    const preview = open();
    await settle();
    await preview.play();
    context.currentTime = 15.08;
    preview.pause();
    expect(preview.position()).toBeCloseTo(5, 6);
    expect(preview.getState().status).toBe("ready");
    await preview.play();
    expect(context.sources[2]?.start[1]).toBeCloseTo((context.sources[0]?.start[1] ?? 0) + 5, 6);
    preview.close();
  });

  it("says what went wrong", async () => {
    const gone = open({ source: () => Promise.reject(new Unplayable("gone")) });
    await settle();
    expect(gone.getState()).toMatchObject({ status: "failed", trouble: "gone" });
    const lost = open({ clip: () => Promise.reject(new Error("no network")) });
    await settle();
    await lost.play();
    expect(lost.getState()).toMatchObject({ status: "failed", trouble: "network" });
  });

  it("the schedule and the words about it agree", () => {
    const plan = planJoint(facts({ grid: gridA }), facts({ grid: gridB }), { tempoPct: 0, overlapBeats: 32, nudge_s: 0 });
    expect(Math.abs(beatError(plan, gridA, gridB, plan.bAt + 5))).toBeGreaterThan(0.1);
  });
});
