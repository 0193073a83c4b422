// The music map and what sounds alike, over a library that was really listened to: regions, lasso, keyboard, places, paths,
// blends, similar tracks, duplicates; and the map without WebGL.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { chooseDrawing, launch, openContext, violations } from "./browser.mjs";
import { makeDemo, startServer } from "./server.mjs";

const PASSWORD = "correct horse battery";
const listenMs = 400_000;
let folder;
let server;
let browser;
let tracks;

const json = (page, path, options = {}) =>
  page.evaluate(
    async ([address, more]) => {
      const csrf = document.cookie.match(/resonance_csrf=([^;]*)/)?.[1] ?? "";
      const answer = await fetch(address, { headers: { "Content-Type": "application/json", "X-CSRF-Token": csrf }, ...more });
      return answer.status === 204 ? null : answer.json();
    },
    [new URL(`api/v1/${path}`, server.url).href, options],
  );

/** The same recording a second time, as an MP3 of another album. */
function addCopy() {
  const files = readdirSync(folder, { recursive: true }).filter((name) => name.endsWith(".flac"));
  assert.ok(files.length > 0, "the demo library has no FLAC");
  mkdirSync(join(folder, "Copies"), { recursive: true });
  const made = spawnSync("ffmpeg", ["-v", "error", "-i", join(folder, files[0]), "-vn", "-b:a", "192k", "-metadata", "album=Copies", join(folder, "Copies", "copy.mp3")]);
  assert.equal(made.status, 0, String(made.stderr));
}

async function signIn(options) {
  const { context, faults } = await openContext(browser, server.url, options);
  const page = await context.newPage();
  page.setDefaultTimeout(15_000);
  await page.goto(server.url);
  await json(page, "auth/sign-in", { method: "POST", body: JSON.stringify({ name: "ada", password: PASSWORD }) });
  return { context, page, faults };
}
async function openMap(page, search = "") {
  await page.goto(new URL(`map${search}`, server.url).href);
  await page.locator(".map-canvas[data-drawn]").waitFor();
  await page.waitForTimeout(500);
}

before(
  async () => {
    folder = mkdtempSync(join(tmpdir(), "resonance-e2e-map-"));
    makeDemo(folder);
    addCopy();
    server = await startServer({ music: folder, env: { ANALYSIS: "true" } });
    browser = await launch();
    const { context } = await openContext(browser, server.url);
    const page = await context.newPage();
    await page.goto(server.url);
    await json(page, "setup", { method: "POST", body: JSON.stringify({ name: "ada", password: PASSWORD }) });
    const until = Date.now() + listenMs;
    for (;;) {
      const [map, analysis] = [await json(page, "map"), await json(page, "analysis")];
      tracks = analysis.tracks;
      if (tracks > 20 && map.state === "ready" && map.count === tracks) break;
      assert.ok(Date.now() < until, `no map: ${JSON.stringify({ ...map, regions: undefined })} ${JSON.stringify(analysis)}`);
      await page.waitForTimeout(1000);
    }
    await context.close();
  },
  { timeout: listenMs + 100_000 },
);

after(async () => {
  await browser?.close();
  await server?.stop();
  if (folder) rmSync(folder, { recursive: true, force: true });
});

test("regions, lasso and keyboard choose tracks; a choice becomes a playlist", { timeout: 120_000 }, async () => {
  const { context, page, faults } = await signIn();
  await context.addInitScript(chooseDrawing, "webgl");
  await openMap(page);
  assert.equal(await page.locator(".map-canvas").getAttribute("data-drawn"), "webgl");

  await page.getByRole("button", { name: "List of regions" }).click();
  const list = page.getByRole("complementary", { name: "Regions" });
  const counts = await list.locator(".map-region small").allTextContents();
  assert.equal(counts.map((text) => Number.parseInt(text, 10)).reduce((a, b) => a + b, 0), tracks);
  assert.deepEqual(await violations(page), []);
  await list.locator(".map-region").first().click();
  const card = page.getByRole("region", { name: "Selection" });
  const size = Number.parseInt(counts[0], 10);
  await card.getByText(new RegExp(`^${size} tracks`)).waitFor();
  await card.getByRole("button", { name: "Make playlist" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("button", { name: "Save" }).click();
  await dialog.waitFor({ state: "detached" });
  const { items } = await json(page, "playlists");
  assert.equal(items[0].track_count, size);

  // Around everything that there is.
  await page.getByRole("button", { name: "Whole library" }).click();
  await page.getByRole("button", { name: "Lasso" }).click();
  await list.getByRole("button", { name: "Close the list of regions" }).click();
  await page.waitForTimeout(900);
  const box = await page.locator(".map-stage").boundingBox();
  const corners = [[8, 8], [0.999, 8], [0.999, 0.999], [8, 0.999]].map(([x, y]) => [box.x + (x < 1 ? box.width * x : x), box.y + (y < 1 ? box.height * y : y)]);
  await page.mouse.move(box.x + 300, box.y + 6);
  await page.mouse.down();
  for (const [x, y] of [corners[1], corners[2], corners[3], corners[0]]) await page.mouse.move(x, y, { steps: 6 });
  await page.mouse.up();
  await card.getByRole("heading", { name: `${tracks} tracks` }).waitFor();
  await card.getByRole("button", { name: "Clear selection" }).click();

  const stage = page.getByRole("application");
  await stage.focus();
  await page.keyboard.press("a");
  await card.getByRole("heading", { name: `${tracks} tracks` }).waitFor();
  await page.keyboard.press("Escape");
  await page.keyboard.press("+");
  await page.waitForTimeout(500);
  await page.keyboard.press("Enter");
  const track = page.getByRole("region", { name: "Track", exact: true });
  await track.getByRole("heading").waitFor();
  await track.getByRole("button", { name: "Play", exact: true }).click();
  await page.locator('.map-mark[data-kind="playing"]').waitFor();
  assert.deepEqual(await violations(page), []);
  assert.deepEqual(faults, []);
  await context.close();
});

test("a track is found on the map, and a path from it is drawn", { timeout: 120_000 }, async () => {
  const { context, page, faults } = await signIn();
  const { items } = await json(page, "tracks?limit=30");
  const [one, other] = [items[2], items[20]];
  await openMap(page);
  await page.getByRole("button", { name: "Where is this track?" }).click();
  await page.getByRole("combobox").fill(one.title);
  await page.getByRole("option", { name: new RegExp(one.artist) }).first().click();
  const card = page.getByRole("region", { name: "Track", exact: true });
  await card.getByRole("heading", { name: one.title }).waitFor();
  await card.getByRole("button", { name: "Path from here" }).click();
  const path = page.getByRole("region", { name: "Path" });
  await path.getByRole("combobox", { name: "To" }).fill(other.title);
  await page.getByRole("option", { name: new RegExp(other.artist) }).first().click();
  const steps = path.getByRole("list", { name: "The path" }).getByRole("listitem");
  await steps.nth(2).waitFor();
  assert.match(await steps.first().textContent(), new RegExp(one.title.slice(0, 8)));
  assert.match(await steps.last().textContent(), new RegExp(other.title.slice(0, 8)));
  assert.equal(await page.locator(".map-path").count(), 1);
  assert.deepEqual(await violations(page), []);
  assert.deepEqual(faults, []);
  await context.close();
});

test("more like this, with reasons; a blend; the shelf of an album", { timeout: 120_000 }, async () => {
  const { context, page, faults } = await signIn();
  const { items } = await json(page, "tracks?limit=3");
  await page.goto(new URL(`albums/${items[0].album_id}`, server.url).href);
  await page.getByRole("heading", { name: /^(Sounds like|Similar by tags)/ }).waitFor();
  await page.getByRole("row").nth(1).getByRole("button", { name: /^More for/ }).click({ force: true });
  await page.getByRole("menuitem", { name: "More like this" }).click();
  await page.getByRole("heading", { level: 1 }).waitFor();
  const rows = page.getByRole("grid").getByRole("row");
  await rows.nth(3).waitFor();
  for (const by of ["Sound", "Tags"]) {
    await page.getByRole("button", { name: by, exact: true }).click();
    await page.waitForURL(new RegExp(`by=${by.toLowerCase()}`));
    await rows.nth(1).waitFor();
  }
  assert.deepEqual(await violations(page), []);
  await page.getByRole("button", { name: "Blend with others…" }).click();
  const dialog = page.getByRole("dialog");
  const found = dialog.getByRole("list", { name: "What sounds like that" }).getByRole("listitem");
  await found.nth(1).waitFor();
  const first = await found.first().locator("b").textContent();
  await found.first().getByRole("button", { name: /^Not like/ }).click();
  await dialog.getByRole("button", { name: `Without ${first}` }).waitFor();
  await dialog.getByRole("button", { name: "Play", exact: true }).click();
  await dialog.waitFor({ state: "detached" });
  assert.deepEqual(faults, []);
  await context.close();
});

test("two encodings of one recording are duplicates, the lossless one first", { timeout: 60_000 }, async () => {
  const { context, page, faults } = await signIn();
  await page.goto(new URL("duplicates", server.url).href);
  const files = page.getByRole("list", { name: /^Files of/ });
  await files.first().waitFor();
  const texts = await files.first().getByRole("listitem").allTextContents();
  assert.match(texts[0], /FLAC.*Best.*lossless/);
  assert.match(texts[1], /MP3 192.*lossy.*copy\.mp3/);
  assert.deepEqual(await violations(page), []);
  assert.deepEqual(faults, []);
  await context.close();
});

test("without WebGL the map is drawn by hand, also on a phone", { timeout: 60_000 }, async () => {
  const { context, page, faults } = await signIn({ size: "phone" });
  await context.addInitScript(chooseDrawing, "plain");
  await openMap(page, "?colour=region");
  assert.equal(await page.locator(".map-canvas").getAttribute("data-drawn"), "plain");
  const colours = await page.evaluate(() => {
    const canvas = document.querySelector(".map-canvas");
    const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
    const seen = new Set();
    for (let i = 0; i < data.length; i += 4) seen.add(`${data[i]},${data[i + 1]},${data[i + 2]}`);
    return seen.size;
  });
  assert.ok(colours > 3, `only ${colours} colours on the canvas`);
  await page.getByRole("button", { name: "List of regions" }).click();
  await page.getByRole("dialog").locator(".map-region").first().click();
  await page.getByRole("region", { name: "Selection" }).waitFor();
  assert.equal(await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth), 0);
  assert.deepEqual(await violations(page), []);
  assert.deepEqual(faults, []);
  await context.close();
});
