import { thePlayer } from "@/player";
import { refreshSession } from "@/shared/api/client";
import { queries } from "@/shared/api/queries";
import { queryClient } from "@/shared/api/queryClient";
import { FragmentSource } from "../fragmentSource";
import { Manifests } from "../manifest";
import { Unplayable } from "../retry";
import { Problem } from "@/shared/api/problem";
import { amplitude } from "../engine";
import { fetchClip } from "./clip";
import { deckFacts } from "./facts";
import { JointPreview, type DeckSource } from "./jointPreview";

export { beatError, hasIntro, hasOutro, tempoMostPct, tempoNeeded, type JointPlan } from "./align";
export { faderAt, type FadeShape } from "./curves";
export { JointPreview, type PreviewState, type PreviewWish } from "./jointPreview";

const source = new FragmentSource({ renewSession: refreshSession });
const manifests = new Manifests();
/** One for the page: browsers allow few. */
let context: AudioContext | null = null;

async function deck(trackId: string): Promise<DeckSource> {
  try {
    const [manifest, analysis] = await Promise.all([manifests.get(trackId), queryClient.ensureQueryData(queries.trackAnalysis(trackId)).catch(() => null)]);
    return { manifest, facts: deckFacts(manifest, analysis) };
  } catch (error) {
    if (error instanceof Problem && (error.status === 404 || error.status === 403)) throw new Unplayable("gone");
    throw error;
  }
}

/** Two decks for one joint. They follow the player's volume, and stop it while they sound; close them when done. */
export function openPreview(aId: string, bId: string): JointPreview {
  const volume = (): number => {
    const state = thePlayer().getState();
    return state.muted ? 0 : amplitude(state.volume);
  };
  const preview = new JointPreview(
    { source: deck, volume, context: () => (context ??= new AudioContext({ latencyHint: "interactive" })), clip: (manifest, from, to, signal) => fetchClip(source, manifest, from, to, signal) },
    aId,
    bId,
  );
  return preview;
}
