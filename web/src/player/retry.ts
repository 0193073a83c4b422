/** The network or the server does not answer now; trying again may help. */
export class Unreachable extends Error {
  override name = "Unreachable";
}
/** Trying again does not help. */
export class Unplayable extends Error {
  override name = "Unplayable";
  constructor(readonly reason: "format" | "gone", message?: string) {
    super(message ?? reason);
  }
}
/** The bytes behind the manifest are not there any more. */
export class FileChanged extends Error {
  override name = "FileChanged";
}

export const aborted = (): DOMException => new DOMException("No longer wanted", "AbortError");

const firstMs = 250;
const longestMs = 5_000;
/** One lost request is no news; the second one is. */
const newsAfter = 2;

/** Repeats `attempt` while it fails with Unreachable, waiting longer each time, less regularly than others do, and not at all
 *  once the browser is online again. `lost` is told when the failing begins to matter and when it is over. */
export async function persistently<T>(attempt: () => Promise<T>, signal: AbortSignal, lost: (yes: boolean) => void): Promise<T> {
  for (let failures = 0; ; ) {
    try {
      const answer = await attempt();
      if (failures >= newsAfter) lost(false);
      return answer;
    } catch (error) {
      if (signal.aborted) throw aborted();
      if (!(error instanceof Unreachable)) throw error;
      failures += 1;
      if (failures === newsAfter) lost(true);
      const wait = Math.min(longestMs, firstMs * 2 ** (failures - 1));
      await pause(wait * (0.5 + Math.random() / 2), signal);
    }
  }
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const over = (): void => {
      clearTimeout(timer);
      globalThis.removeEventListener?.("online", go);
      signal.removeEventListener("abort", stop);
    };
    const go = (): void => {
      over();
      resolve();
    };
    const stop = (): void => {
      over();
      reject(aborted());
    };
    const timer = setTimeout(go, ms);
    globalThis.addEventListener?.("online", go);
    signal.addEventListener("abort", stop);
  });
}
