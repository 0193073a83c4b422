import { refreshSession } from "@/shared/api/client";
import { browserMedia, sourceMaker } from "./browserMedia";
import { ElementEngine } from "./elementEngine";
import type { Engine } from "./engine";
import { Manifests } from "./manifest";
import { isIos } from "./ios";
import { MseEngine } from "./mseEngine";
import { playbackSettings } from "./playbackSettings";

/** The best that this browser can do: MediaSource (or the managed one), else whole files on plain elements. */
export function chooseEngine(): Engine {
  const maker = sourceMaker();
  // On iOS a sound that goes through Web Audio stops with the screen; the listener decides.
  const withGraph = typeof AudioContext !== "undefined" && (!isIos() || playbackSettings.getState().graphOnIos);
  if (!maker) return new ElementEngine(withGraph);
  return new MseEngine({ port: browserMedia(maker), supports: (mime) => maker.isTypeSupported(mime), manifests: new Manifests(), renewSession: refreshSession, withGraph });
}
