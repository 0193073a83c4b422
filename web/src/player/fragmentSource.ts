import { apiUrl } from "@/shared/api/client";
import type { Id } from "@/shared/api/types";
import { FileChanged, persistently, Unplayable, Unreachable } from "./retry";

export interface FragmentAddress {
  readonly trackId: Id;
  readonly tier: string;
  readonly version: string;
  readonly part: number | "init";
}

export interface FragmentNeeds {
  /** Makes a lapsed session good again; false = it is over. */
  renewSession: () => Promise<boolean>;
  fetch?: (url: string, init: RequestInit) => Promise<Response>;
  now?: () => number;
}

const answerWithinMs = 15_000;
const bodyWithinMs = 45_000;
/** The server says that file or encoder are not there; a drive may be waking up. */
const patienceWith503 = 4;
/** Smaller answers say more of latency than of throughput. */
const measuredFrom = 30_000;
const newest = 0.3;

/** Brings fragments: one renewal of the session, time limits, patience with the network, and a measure of how fast it is. */
export class FragmentSource {
  /** Bits a second; null until measured. */
  throughput: number | null = null;

  constructor(private readonly needs: FragmentNeeds) {}

  /** null = the track has no such fragment: it is shorter than its manifest says.
   *  @throws Unplayable, FileChanged, AbortError. */
  get(address: FragmentAddress, signal: AbortSignal, lost: (yes: boolean) => void): Promise<ArrayBuffer | null> {
    const state = { renewed: false, unavailable: 0 };
    return persistently(() => this.attempt(address, signal, state), signal, lost);
  }

  private async attempt(address: FragmentAddress, outer: AbortSignal, state: { renewed: boolean; unavailable: number }): Promise<ArrayBuffer | null> {
    const limit = new AbortController();
    const stop = (): void => limit.abort();
    outer.addEventListener("abort", stop);
    let timer = setTimeout(stop, answerWithinMs);
    try {
      const response = await this.ask(address, limit.signal);
      clearTimeout(timer);
      timer = setTimeout(stop, bodyWithinMs);
      if (response.ok) return await this.body(response);
      return await this.refused(response, address, outer, state);
    } catch (error) {
      if (error instanceof Unplayable || error instanceof FileChanged) throw error;
      throw new Unreachable(String(error));
    } finally {
      clearTimeout(timer);
      outer.removeEventListener("abort", stop);
    }
  }

  private ask({ trackId, tier, version, part }: FragmentAddress, signal: AbortSignal): Promise<Response> {
    const address = apiUrl(`seg/${trackId}/${tier}/${part}?v=${encodeURIComponent(version)}`);
    return (this.needs.fetch ?? fetch)(address, { credentials: "same-origin", signal });
  }

  private async body(response: Response): Promise<ArrayBuffer> {
    const now = this.needs.now ?? (() => performance.now());
    const began = now();
    const bytes = await response.arrayBuffer();
    const seconds = Math.max(0.001, (now() - began) / 1000);
    if (bytes.byteLength >= measuredFrom) {
      const speed = (bytes.byteLength * 8) / seconds;
      this.throughput = this.throughput === null ? speed : this.throughput * (1 - newest) + speed * newest;
    }
    return bytes;
  }

  private async refused(response: Response, address: FragmentAddress, outer: AbortSignal, state: { renewed: boolean; unavailable: number }): Promise<ArrayBuffer | null> {
    const { status } = response;
    if (status === 401) {
      if (state.renewed || !(await this.needs.renewSession())) throw new Unreachable("signed out");
      state.renewed = true;
      return this.attempt(address, outer, state);
    }
    const { code } = (await response.json().catch(() => ({}))) as { code?: string };
    if (status === 404 && code === "fragment_past_end") return null;
    if (status === 409) throw new FileChanged();
    if (status === 404 || status === 403) throw new Unplayable("gone");
    if (status === 503 && ++state.unavailable >= patienceWith503) throw new Unplayable("format", "unavailable");
    if (status === 429 || status === 408 || status >= 500) throw new Unreachable(`HTTP ${status}`);
    throw new Unplayable("format", `HTTP ${status}`);
  }
}
