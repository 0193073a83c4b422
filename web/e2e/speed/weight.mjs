// What a page costs: memory of its process, and time on its main thread.
import { readFileSync } from "node:fs";

/** Memory of the heaviest renderer among a browser's processes, in bytes (its share of what processes share). */
export function heaviest(processes) {
  const sizes = processes
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
