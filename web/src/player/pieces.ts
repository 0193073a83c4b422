import type { Id } from "@/shared/api/types";
import { Problem } from "@/shared/api/problem";
import { nextAhead } from "./deckFeed";
import type { Cue } from "./engine";
import type { FragmentSource } from "./fragmentSource";
import type { Manifests, PlaybackManifest } from "./manifest";
import { playbackSettings } from "./playbackSettings";
import { persistently, Unplayable, Unreachable } from "./retry";
import { chooseTier, networkNow } from "./tierChoice";
import type { Piece } from "./timeline";

/** Makes of a cue what a deck can be fed with: the manifest, and the tier for this browser, network and wish. */
export class Pieces {
  private readonly failed = new Map<Id, Set<string>>();

  constructor(
    private readonly manifests: Manifests,
    private readonly source: FragmentSource,
    private readonly supports: (mime: string) => boolean,
  ) {}

  /** @throws Unplayable, AbortError. */
  async of(cue: Cue, signal: AbortSignal, lost: (yes: boolean) => void): Promise<Piece> {
    const manifest = await persistently(() => this.manifest(cue.track.id), signal, lost);
    const network = networkNow();
    const { quality } = playbackSettings.getState();
    const tier = chooseTier(manifest, {
      ...network,
      quality: network.mobile ? quality.mobile : quality.home,
      throughput: this.source.throughput,
      supports: this.supports,
      failed: this.failed.get(cue.track.id) ?? new Set(),
    });
    if (!tier) throw new Unplayable("format", "no tier for this browser");
    return { cue, manifest, tier };
  }

  /** Has the server make, and the browser keep, what is needed first of a cue. */
  async warm(cue: Cue, signal: AbortSignal): Promise<void> {
    const { manifest, tier } = await this.of(cue, signal, () => undefined);
    const count = Math.min(tier.fragments, Math.ceil((nextAhead * tier.sample_rate_hz) / tier.fragment_samples));
    const parts = [...(tier.init ? (["init"] as const) : []), ...Array.from({ length: count }, (_, i) => i)];
    for (const part of parts) await this.source.get({ trackId: manifest.track_id, tier: tier.name, version: manifest.version, part }, signal, () => undefined);
  }

  /** The browser could not read this tier of the track. */
  exclude({ cue, tier }: Piece): void {
    this.failed.set(cue.track.id, new Set([...(this.failed.get(cue.track.id) ?? []), tier.name]));
  }

  /** The file changed: its manifest and what failed of it are of the past. */
  forget(id: Id): void {
    this.manifests.forget(id);
    this.failed.delete(id);
  }

  private async manifest(id: Id): Promise<PlaybackManifest> {
    try {
      return await this.manifests.get(id);
    } catch (error) {
      const status = error instanceof Problem ? error.status : 0;
      if (status === 404 || status === 403) throw new Unplayable("gone");
      if (status === 0 || status === 401 || status === 408 || status === 429 || status >= 500) throw new Unreachable(String(error));
      throw new Unplayable("format", String(error));
    }
  }
}
