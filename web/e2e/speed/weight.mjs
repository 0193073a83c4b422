// What a page costs: JS heap after a real collection, and the memory of its process.
/* global PerformanceObserver */
import { readFileSync } from "node:fs";

/** Bytes of live JS objects, after three collections. */
export async function heap(page) {
  const session = await page.context().newCDPSession(page);
  for (let i = 0; i < 3; i += 1) await session.send("HeapProfiler.collectGarbage");
  const { usedSize } = await session.send("Runtime.getHeapUsage");
  await session.detach();
  return usedSize;
}

/** Memory of the page's own process in bytes (its share of what processes share); pages of other contexts must be closed. */
export async function weight(browser) {
  const session = await browser.newBrowserCDPSession();
  const { processInfo } = await session.send("SystemInfo.getProcessInfo");
  await session.detach();
  const sizes = processInfo
    .filter((one) => one.type === "renderer")
    .map((one) => {
      try {
        return Number(readFileSync(`/proc/${one.id}/smaps_rollup`, "utf8").match(/^Pss:\s+(\d+)/m)[1]) * 1024;
      } catch {
        return 0; // it has just ended
      }
    });
  return Math.max(0, ...sizes);
}

export const mb = (bytes) => (bytes / 2 ** 20).toFixed(1);

/** The longest tasks of the main thread since the last call, as the browser itself counts them (50 ms and more). */
export async function watchTasks(page) {
  await page.addInitScript(() => {
    window.__tasks = [];
    new PerformanceObserver((list) => window.__tasks.push(...list.getEntries().map((one) => one.duration))).observe({ type: "longtask" });
  });
}
export const longestTask = (page) => page.evaluate(() => Math.max(0, ...window.__tasks.splice(0)));
