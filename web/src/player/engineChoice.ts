import { refreshSession } from "@/shared/api/client";
import { browserMedia, sourceMaker } from "./browserMedia";
import { ElementEngine } from "./elementEngine";
import type { Engine } from "./engine";
import { Manifests } from "./manifest";
import { MseEngine } from "./mseEngine";
import { playbackSettings } from "./playbackSettings";

/** iPadOS calls itself a Mac, but no Mac has a touch screen. */
const isIos = (): boolean => /iP(hone|ad|od)/.test(navigator.userAgent) || (navigator.userAgent.includes("Mac") && navigator.maxTouchPoints > 1);

/** The best that this browser can do: MediaSource (or the managed one), else whole files on plain elements. */
export function chooseEngine(): Engine {
  const maker = sourceMaker();
  // On iOS a sound that goes through Web Audio stops with the screen; the listener decides.
  const withGraph = typeof AudioContext !== "undefined" && (!isIos() || playbackSettings.getState().graphOnIos);
  if (!maker) return new ElementEngine(withGraph);
  return new MseEngine({ port: browserMedia(maker), supports: (mime) => maker.isTypeSupported(mime), manifests: new Manifests(), renewSession: refreshSession, withGraph });
}
