// Chromium over a pipe, with no more of its debugging switched on than is used here: the network recording that a test
// driver asks for keeps every answer in the page's process, which would be measured as the player's memory.
import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const EXECUTABLE = process.env.CHROMIUM ?? "/usr/bin/chromium";
const ARGS = ["--headless=new", "--no-sandbox", "--disable-gpu", "--no-first-run", "--mute-audio", "--disable-background-networking", "--disable-component-update", "--disable-sync", "--autoplay-policy=no-user-gesture-required", "--window-size=1366,900", "--remote-debugging-pipe"];

/** `{send(method, params, session?), stop()}`; a refused command rejects. */
function connect(child) {
  const [, , , write, read] = child.stdio;
  const waiting = new Map();
  let last = 0;
  let rest = "";
  read.setEncoding("utf8");
  read.on("data", (text) => {
    const messages = (rest + text).split("\0");
    rest = messages.pop();
    for (const message of messages.map((one) => JSON.parse(one))) {
      const done = waiting.get(message.id);
      waiting.delete(message.id);
      if (message.error) done?.reject(new Error(message.error.message));
      else done?.resolve(message.result);
    }
  });
  return (method, params = {}, sessionId = undefined) =>
    new Promise((resolve, reject) => {
      const id = (last += 1);
      waiting.set(id, { resolve, reject });
      write.write(`${JSON.stringify({ id, method, params, sessionId })}\0`);
    });
}

/** A page at `url` with these cookies and a script that runs before the app: `{evaluate, until, press, heap, processes, stop}`. */
export async function barePage(url, { cookies, script }) {
  const profile = mkdtempSync(join(tmpdir(), "resonance-e2e-profile-"));
  const child = spawn(EXECUTABLE, [...ARGS, `--user-data-dir=${profile}`, "about:blank"], { stdio: ["ignore", "ignore", "ignore", "pipe", "pipe"] });
  const ended = new Promise((done) => child.once("exit", done));
  const browser = connect(child);
  await browser("Storage.setCookies", { cookies: cookies.map(({ name, value, domain, path, httpOnly, sameSite }) => ({ name, value, domain, path, httpOnly, sameSite })) });
  const { targetId } = await browser("Target.createTarget", { url: "about:blank" });
  const { sessionId } = await browser("Target.attachToTarget", { targetId, flatten: true });
  const send = (method, params) => browser(method, params, sessionId);
  await send("Page.enable");
  await send("Page.addScriptToEvaluateOnNewDocument", { source: script });
  await send("Page.navigate", { url });
  const evaluate = async (expression) => {
    const { result, exceptionDetails } = await send("Runtime.evaluate", { expression, awaitPromise: true, returnByValue: true, userGesture: true });
    if (exceptionDetails) throw new Error(exceptionDetails.exception?.description ?? exceptionDetails.text);
    return result.value;
  };
  const until = async (expression, ms = 15_000) => {
    for (const end = Date.now() + ms; Date.now() < end; await new Promise((done) => setTimeout(done, 30))) if (await evaluate(expression).catch(() => false)) return;
    throw new Error(`never true within ${ms} ms: ${expression}`);
  };
  const press = async (key, modifiers = 0) => {
    for (const type of ["keyDown", "keyUp"]) await send("Input.dispatchKeyEvent", { type, key, code: key, modifiers });
  };
  const heap = async () => {
    for (let i = 0; i < 3; i += 1) await send("HeapProfiler.collectGarbage");
    return (await send("Runtime.getHeapUsage")).usedSize;
  };
  const stop = async () => {
    await browser("Browser.close").catch(() => undefined);
    await ended;
    rmSync(profile, { recursive: true, force: true, maxRetries: 5 });
  };
  return { evaluate, until, press, heap, processes: async () => (await browser("SystemInfo.getProcessInfo")).processInfo, stop };
}
