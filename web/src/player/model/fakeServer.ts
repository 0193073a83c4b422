import type { TrackItem } from "@/shared/api/types";
import { makeTrack } from "@/test/fakeData";
import { networkProblem, Problem } from "@/shared/api/problem";
import type { PlaybackManifest, Tier } from "../manifest";
import { asBuffer } from "./fakeMedia";

export interface FakeTrack {
  readonly item: TrackItem;
  readonly manifest: PlaybackManifest;
  /** Bytes a second. */
  readonly weight: number;
  /** Its fragments cannot be had. */
  readonly broken: boolean;
}

export interface Kind {
  seconds: number;
  form: "flac" | "mp3" | "hires";
  album: number;
  number: number;
  broken?: boolean;
}

const rates = { flac: 44_100, mp3: 44_100, hires: 96_000 };
const weights = { flac: 95_000, mp3: 40_000, hires: 330_000 };

export function makeFakeTrack(kind: Kind, index: number): FakeTrack {
  const rate = rates[kind.form];
  const samples = Math.round(kind.seconds * rate);
  const timed = kind.form !== "mp3";
  const delay = timed ? 0 : 576;
  const frame = timed ? 4096 : 1152;
  const fragment = Math.round((4 * rate) / frame) * frame;
  const total = timed ? samples : Math.ceil((samples + delay) / frame) * frame;
  const tier: Tier = {
    name: timed ? "flac" : "mp3",
    mime: timed ? 'audio/mp4; codecs="flac"' : "audio/mpeg",
    container: timed ? "fmp4" : "mp3",
    original: true,
    splice: true,
    lossless: timed,
    sample_rate_hz: rate,
    bit_depth: timed ? 16 : null,
    bit_rate_kbps: (weights[kind.form] * 8) / 1000,
    delay_samples: delay,
    samples,
    fragment_samples: fragment,
    fragments: Math.ceil(total / fragment),
    init: timed,
  };
  const item: TrackItem = { ...makeTrack(kind.album, 1, kind.number), id: `track${index}`, duration_s: samples / rate, number: kind.number, album_id: `album${kind.album}`, disc: 1 };
  const manifest: PlaybackManifest = {
    track_id: item.id,
    version: "1",
    duration_s: samples / rate,
    samples,
    sample_rate_hz: rate,
    channels: 2,
    source: { format: tier.name, codec: tier.name, lossless: timed, bit_rate_kbps: null, sample_rate_hz: rate, bit_depth: 16 },
    tiers: [tier],
    gain: { track_db: -6, track_peak: 0.9, album_db: -5, album_peak: 1 },
    silence: null,
    waveform: "pending",
  };
  return { item, manifest, weight: weights[kind.form], broken: kind.broken ?? false };
}

export interface Request {
  readonly track: string;
  readonly part: number | "init";
  readonly at: number;
}

/** A server and the way to it, with latency, a speed, and outages. */
export class FakeServer {
  readonly requests: Request[] = [];
  latencyMs = 20;
  /** Bytes a second. */
  speed = 5_000_000;
  down = false;
  /** One request in so many fails. */
  faultEvery = 0;
  onFragment: (request: Request) => void = () => undefined;
  private count = 0;

  constructor(readonly tracks: ReadonlyMap<string, FakeTrack>) {}

  readonly trackById = (id: string): Promise<TrackItem | null> => Promise.resolve(this.tracks.get(id)?.item ?? null);

  readonly manifest = async (id: string): Promise<PlaybackManifest> => {
    await this.travel(0, null);
    const track = this.tracks.get(id);
    if (!track) throw new Problem({ status: 404, code: "not_found", title: "Not found" });
    return track.manifest;
  };

  readonly fetch = async (url: string, init: RequestInit): Promise<Response> => {
    const [, id = "", tierName = "", part = ""] = /seg\/([^/]+)\/([^/]+)\/([^?]+)/.exec(url) ?? [];
    const track = this.tracks.get(id);
    const request: Request = { track: id, part: part === "init" ? "init" : Number(part), at: performance.now() / 1000 };
    this.requests.push(request);
    this.onFragment(request);
    const tier = track?.manifest.tiers.find((one) => one.name === tierName);
    if (!track || !tier) return this.refusal(404, "not_found", init);
    if (track.broken) return this.refusal(422, "broken_file", init);
    const rate = tier.sample_rate_hz;
    const total = tier.container === "mp3" ? Math.ceil((tier.samples + tier.delay_samples) / 1152) * 1152 : tier.samples;
    const n = request.part === "init" ? null : request.part;
    const first = (n ?? 0) * tier.fragment_samples;
    if (n !== null && first >= total) return this.refusal(404, "fragment_past_end", init);
    const seconds = n === null ? 0 : Math.min(tier.fragment_samples, total - first) / rate;
    const byteLength = n === null ? 800 : Math.round(seconds * track.weight);
    await this.travel(byteLength, init.signal ?? null);
    const bytes = asBuffer({ byteLength, track: id, tier: tierName, n, start: first / rate, seconds, timed: tier.container === "fmp4" });
    return { ok: true, status: 200, arrayBuffer: () => Promise.resolve(bytes) } as Response;
  };

  private async refusal(status: number, code: string, init: RequestInit): Promise<Response> {
    await this.travel(0, init.signal ?? null);
    return { ok: false, status, json: () => Promise.resolve({ code }) } as unknown as Response;
  }

  private travel(bytes: number, signal: AbortSignal | null): Promise<void> {
    this.count += 1;
    const fails = this.down || (this.faultEvery > 0 && this.count % this.faultEvery === 0);
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => (fails || this.down ? reject(networkProblem()) : resolve()), this.latencyMs + (bytes / this.speed) * 1000);
      signal?.addEventListener("abort", () => {
        clearTimeout(timer);
        reject(new DOMException("aborted", "AbortError"));
      });
    });
  }
}
