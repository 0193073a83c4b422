// What a map of 100,000 tracks costs the page while it is moved: printed, judged only by eye (a processor draws here, no card).
// Points are made up and given in place of the server's; everything else is the real page.
import { after, before, test } from "node:test";
import { chooseDrawing, launch, openContext } from "../browser.mjs";
import { startServer } from "../server.mjs";

const COUNT = Number(process.env.MAP_TRACKS ?? 100_000);
const CLOUDS = 14;
let server;
let browser;

function points() {
  const bytes = Buffer.alloc(16 + 6 * COUNT);
  bytes.write("RMAP", 0);
  [1, COUNT, 5].forEach((value, i) => bytes.writeUInt32LE(value, 4 + 4 * i));
  let seed = 7;
  const random = () => ((seed = (Math.imul(seed, 1_664_525) + 1_013_904_223) >>> 0) / 2 ** 32);
  const bell = () => random() + random() + random() - 1.5;
  const clouds = Array.from({ length: CLOUDS }, () => [0.15 + 0.7 * random(), 0.15 + 0.7 * random()]);
  for (let i = 0; i < COUNT; i += 1) {
    const cloud = i % CLOUDS;
    const put = (at, value) => bytes.writeUInt16LE(Math.round(Math.min(1, Math.max(0, value)) * 65_535), at);
    put(16 + 2 * i, clouds[cloud][0] + 0.09 * bell());
    put(16 + 2 * COUNT + 2 * i, clouds[cloud][1] + 0.09 * bell());
    bytes[16 + 4 * COUNT + i] = cloud;
    bytes[16 + 5 * COUNT + i] = Math.floor(random() * 256);
  }
  const regions = clouds.map(([x, y], number) => ({ number, label: `Region ${number}`, x, y, tracks: Math.floor(COUNT / CLOUDS), hue: number * 25, cover_ids: [] }));
  return { bytes, map: { layout: 5, state: "ready", space: "timbre", count: COUNT, drawn_at: "2026-01-01T00:00:00Z", regions } };
}

/** Times what the page does in each frame. */
function watchFrames() {
  window.frames_ = [];
  const { requestAnimationFrame: real } = window;
  window.requestAnimationFrame = (callback) =>
    real.call(window, (now) => {
      const start = performance.now();
      callback(now);
      window.frames_.push(performance.now() - start);
    });
}

before(
  async () => {
    server = await startServer();
    browser = await launch();
  },
  { timeout: 120_000 },
);
after(async () => {
  await browser?.close();
  await server?.stop();
});

const part = (values, share) => values[Math.min(values.length - 1, Math.floor(values.length * share))] ?? 0;

for (const kind of ["webgl", "plain"])
  test(`a map of ${COUNT} tracks moves, ${kind}`, { timeout: 120_000 }, async (t) => {
    const { context } = await openContext(browser, server.url);
    await context.addInitScript(watchFrames);
    await context.addInitScript(chooseDrawing, kind);
    const { bytes, map } = points();
    const page = await context.newPage();
    await page.goto(server.url);
    await page.evaluate(async (address) => {
      const body = (name) => ({ name, password: "correct horse battery" });
      const headers = { "Content-Type": "application/json" };
      const made = await fetch(`${address}setup`, { method: "POST", headers, body: JSON.stringify(body("ada")) });
      if (!made.ok) await fetch(`${address}auth/sign-in`, { method: "POST", headers, body: JSON.stringify(body("ada")) });
    }, new URL("api/v1/", server.url).href);
    await page.route("**/api/v1/map", (route) => route.fulfill({ json: map }));
    await page.route("**/api/v1/map/points*", (route) => route.fulfill({ body: bytes, contentType: "application/octet-stream" }));
    await page.route("**/api/v1/map/tracks", (route) => route.fulfill({ json: { items: route.request().postDataJSON().indexes.map(() => null) } }));
    const opened = Date.now();
    await page.goto(new URL("map", server.url).href);
    await page.locator(`.map-canvas[data-drawn="${kind}"]`).waitFor();
    const shown = Date.now() - opened;
    await page.waitForTimeout(1200);
    const cdp = await context.newCDPSession(page);
    await cdp.send("Performance.enable");
    const busy = async () => (await cdp.send("Performance.getMetrics")).metrics.find((one) => one.name === "TaskDuration").value * 1000;
    const run = async (what, act) => {
      await page.evaluate(() => (window.frames_ = []));
      const [from, start] = [await busy(), Date.now()];
      await act();
      const spent = (await busy()) - from;
      const wall = Date.now() - start;
      const frames = (await page.evaluate(() => window.frames_)).sort((a, b) => a - b);
      const line = `${kind} ${what}: ${frames.length} frames in ${wall} ms; script in a frame p50 ${part(frames, 0.5).toFixed(2)} p95 ${part(frames, 0.95).toFixed(2)} max ${(frames.at(-1) ?? 0).toFixed(2)} ms; main thread ${(spent / Math.max(1, frames.length)).toFixed(1)} ms a frame`;
      t.diagnostic(line);
    };
    t.diagnostic(`${kind}: opened in ${shown} ms`);
    await run("pan", async () => {
      await page.mouse.move(900, 500);
      await page.mouse.down();
      for (let i = 0; i < 90; i += 1) await page.mouse.move(900 - 260 * Math.sin(i / 9), 500 - 120 * Math.sin(i / 14));
      await page.mouse.up();
    });
    await run("zoom", async () => {
      for (let i = 0; i < 60; i += 1) await page.mouse.wheel(0, i < 30 ? -60 : 60);
    });
    await run("hover", async () => {
      for (let i = 0; i < 90; i += 1) await page.mouse.move(400 + 8 * i, 300 + 3 * i);
    });
    await run("lasso and its colours", async () => {
      await page.keyboard.down("Shift");
      await page.mouse.move(500, 250);
      await page.mouse.down();
      for (const [x, y] of [[1100, 260], [1080, 620], [520, 640], [500, 260]]) await page.mouse.move(x, y, { steps: 8 });
      await page.mouse.up();
      await page.keyboard.up("Shift");
      await page.waitForTimeout(600);
    });
    await context.close();
  });
