// What a page costs: JS heap after a real collection, and the resident memory of the browser's processes.
/* global PerformanceObserver */
import { readFileSync } from "node:fs";

const PAGE = 4096;

/** Bytes of live JS objects, after three collections. */
export async function heap(page) {
  const session = await page.context().newCDPSession(page);
  for (let i = 0; i < 3; i += 1) await session.send("HeapProfiler.collectGarbage");
  const { usedSize } = await session.send("Runtime.getHeapUsage");
  await session.detach();
  return usedSize;
}

/** Resident bytes of a page's renderers and of the processes that serve them (sound, network, GPU). */
export async function resident(browser) {
  const session = await browser.newBrowserCDPSession();
  const { processInfo } = await session.send("SystemInfo.getProcessInfo");
  await session.detach();
  const sizes = processInfo
    .filter((one) => one.type !== "browser")
    .map((one) => {
      try {
        return Number(readFileSync(`/proc/${one.id}/statm`, "utf8").split(" ")[1]) * PAGE;
      } catch {
        return 0; // it has just ended
      }
    });
  return sizes.reduce((sum, one) => sum + one, 0);
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
