// First: it fixes the order of the layers for all CSS that follows.
import "@/styles/index.css";
import { createRoot } from "react-dom/client";
import { App } from "@/app/App";
import { router, startRouting } from "@/app/router";
import { registerCues } from "@/features/cues/register";
import { registerInfo } from "@/features/info/register";
import { registerPlaylists } from "@/features/playlists/register";
import { registerSets } from "@/features/sets/register";
import { registerSimilar } from "@/features/similar/register";
import { startSession } from "@/shared/api/session";
import { startLook } from "@/shared/hooks/look";
import { startScope } from "@/shared/hooks/scope";
import { preferredLocale, setLocale } from "@/shared/i18n";

// Radix puts a <style> into the page while a dialog locks the scroll; the policy lets in only this nonce.
const nonce = document.querySelector<HTMLMetaElement>('meta[name="csp-nonce"]')?.content;
if (nonce) Object.assign(globalThis, { __webpack_nonce__: nonce });

registerPlaylists();
registerInfo();
registerCues();
registerSimilar({
  similar: (trackId) => void router.navigate({ to: "/tracks/$trackId/similar", params: { trackId } }),
  map: (trackId) => void router.navigate({ to: "/map", search: { track: trackId } }),
});
registerSets();
startLook();
startScope();
startRouting();

const root = document.getElementById("root");
if (root) {
  void Promise.all([setLocale(preferredLocale()), startSession()]).then(() => createRoot(root).render(<App />));
}
