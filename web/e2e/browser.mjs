// The system's Chromium, driven by playwright-core; every fault on a page fails the test that caused it.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { chromium } from "playwright-core";

const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const EXECUTABLE = process.env.CHROMIUM ?? "/usr/bin/chromium";

export const SIZES = {
  desktop: { width: 1366, height: 900 },
  phone: { width: 390, height: 844 },
};

export function launch() {
  return chromium.launch({
    executablePath: EXECUTABLE,
    args: [
      "--no-sandbox",
      "--disable-gpu",
      "--disable-quic",
      "--no-first-run",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
      "--autoplay-policy=no-user-gesture-required",
    ],
  });
}

/** A fresh context whose pages record errors and requests that leave the server. */
export async function openContext(browser, url, { size = "desktop", theme = "dark", ...more } = {}) {
  const context = await browser.newContext({
    viewport: SIZES[size],
    colorScheme: theme,
    hasTouch: size === "phone",
    isMobile: size === "phone",
    locale: "en-GB",
    ...more,
  });
  const faults = [];
  context.on("page", (page) => {
    page.on("pageerror", (fault) => faults.push(`${page.url()}: ${fault.stack ?? fault}`));
    page.on("console", (message) => {
      // A request that fails by design (wrong password) is logged by Chromium itself.
      if (message.type() === "error" && !message.text().startsWith("Failed to load resource"))
        faults.push(`${page.url()}: ${message.text()}`);
    });
    page.on("request", (request) => {
      const to = request.url();
      if (!to.startsWith(url) && !/^(data|blob):/.test(to)) faults.push(`third-party request: ${to}`);
    });
  });
  return { context, faults };
}

/** For addInitScript: no WebGL at all ("plain"), or one also where a processor draws it ("webgl"), which pages refuse. */
export function chooseDrawing(kind) {
  const { getContext } = window.HTMLCanvasElement.prototype;
  window.HTMLCanvasElement.prototype.getContext = function (name, options) {
    if (name !== "webgl2") return getContext.call(this, name, options);
    return kind === "plain" ? null : getContext.call(this, name, { ...options, failIfMajorPerformanceCaveat: false });
  };
}

/** The axe violations of a page as readable lines. */
export async function violations(page) {
  await page.evaluate(AXE);
  const found = await page.evaluate(() => window.axe.run(document, { resultTypes: ["violations"] }));
  return found.violations.flatMap((rule) =>
    rule.nodes.map((node) => `${page.url()} ${rule.id}: ${node.target.join(" ")} - ${node.failureSummary}`),
  );
}
