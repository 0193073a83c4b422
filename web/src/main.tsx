import { createRoot } from "react-dom/client";
import { App } from "@/app/App";
import { startRouting } from "@/app/router";
import { startSession } from "@/shared/api/session";
import { startLook } from "@/shared/hooks/look";
import { startScope } from "@/shared/hooks/scope";
import { preferredLocale, setLocale } from "@/shared/i18n";
import "@/styles/index.css";

// Radix puts a <style> into the page while a dialog locks the scroll; the policy lets in only this nonce.
const nonce = document.querySelector<HTMLMetaElement>('meta[name="csp-nonce"]')?.content;
if (nonce) Object.assign(globalThis, { __webpack_nonce__: nonce });

startLook();
startScope();
startRouting();

const root = document.getElementById("root");
if (root) {
  void Promise.all([setLocale(preferredLocale()), startSession()]).then(() => createRoot(root).render(<App />));
}
