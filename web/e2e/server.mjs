// A real server on loopback with its own data folder; ended by its own pid.
import { spawn, spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";

const ROOT = resolve(import.meta.dirname, "../..");
const RESONANCE = join(ROOT, ".venv/bin/resonance");

function freePort() {
  return new Promise((done, fail) => {
    const probe = createServer();
    probe.once("error", fail);
    probe.listen(0, "127.0.0.1", () => {
      const { port } = probe.address();
      probe.close(() => done(port));
    });
  });
}

/** Makes the demo library in `folder`; the same seed gives the same music. */
export function makeDemo(folder) {
  const made = spawnSync(RESONANCE, ["demo", "--out", folder], { encoding: "utf8", timeout: 240_000 });
  if (made.status !== 0) throw new Error(`resonance demo failed:\n${made.stderr}`);
}

/** Starts `resonance serve` over `music` and waits until /health answers. `prepare` may fill the data folder before. */
export async function startServer({ music, env = {}, prepare } = {}) {
  const data = mkdtempSync(join(tmpdir(), "resonance-e2e-"));
  prepare?.(join(data, "data"));
  const port = await freePort();
  const child = spawn(RESONANCE, ["serve"], {
    env: {
      PATH: process.env.PATH,
      HOME: data,
      DATA_DIR: join(data, "data"),
      HOST: "127.0.0.1",
      PORT: String(port),
      LOG_FORMAT: "json",
      ANALYSIS: "false", // it would take the machine from what is tested; who is about it turns it on
      ...(music ? { MUSIC_LIBRARY_PATH: music } : {}),
      ...env,
    },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let log = "";
  child.stdout.on("data", (text) => (log += text));
  child.stderr.on("data", (text) => (log += text));
  const url = `http://127.0.0.1:${port}${env.BASE_URL ?? ""}/`;
  const ended = new Promise((done) => child.once("exit", done));
  const stop = async () => {
    if (child.exitCode === null) child.kill("SIGTERM");
    await ended;
    rmSync(data, { recursive: true, force: true });
  };
  for (let tries = 0; tries < 300; tries += 1) {
    if (child.exitCode !== null) break;
    const answer = await fetch(new URL("health", url)).catch(() => null);
    if (answer?.ok) return { url, data, pid: child.pid, log: () => log, stop };
    await new Promise((done) => setTimeout(done, 100));
  }
  await stop();
  throw new Error(`The server did not become ready:\n${log}`);
}
