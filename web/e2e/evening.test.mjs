// A person's evening: a Navidrome becomes part of the library, a sentence becomes a playlist, the playlist a DJ
// set, and the set leaves as files that other programs read.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { createInterface } from "node:readline";
import { after, before, test } from "node:test";
import { api } from "./api.mjs";
import { launch, openContext, violations } from "./browser.mjs";
import { startServer } from "./server.mjs";

const ROOT = resolve(import.meta.dirname, "../..");
const PASSWORD = "correct horse battery";
const SENTENCE = "3 minutes, jazz to disco, 70s and 80s, nothing live, start calm, end dancing, max three per artist";
let server;
let navidrome;
let browser;
let folder;

/** A Navidrome of loopback with forty-eight songs; it ends when its standard input does. */
async function startNavidrome() {
  const child = spawn(join(ROOT, ".venv/bin/python"), ["-m", "tests.fixtures.navidrome"], { cwd: ROOT, stdio: ["pipe", "pipe", "inherit"] });
  const ended = new Promise((done) => child.once("exit", done));
  const first = new Promise((done) => createInterface({ input: child.stdout }).once("line", done));
  const url = await Promise.race([first, ended.then((code) => Promise.reject(new Error(`the Navidrome ended with ${code}`)))]);
  return { url, stop: () => (child.stdin.end(), ended) };
}

before(
  async () => {
    folder = mkdtempSync(join(tmpdir(), "resonance-evening-"));
    navidrome = await startNavidrome();
    server = await startServer({ music: folder });
    browser = await launch();
  },
  { timeout: 120_000 },
);

after(async () => {
  await browser?.close();
  await server?.stop();
  await navidrome?.stop();
  if (folder) rmSync(folder, { recursive: true, force: true });
});

/** The text of what a click downloads. */
async function downloaded(page, click) {
  const [download] = await Promise.all([page.waitForEvent("download"), click()]);
  return { name: download.suggestedFilename(), text: readFileSync(await download.path(), "utf8") };
}

test("Navidrome, a sentence, a DJ set, and files for other programs", { timeout: 180_000 }, async () => {
  const { context, faults } = await openContext(browser, server.url, { acceptDownloads: true });
  const page = await context.newPage();
  await page.goto(server.url);
  await api(page, server, "setup", { name: "ada", password: PASSWORD });

  // The server and its songs.
  await page.goto(new URL("admin/servers", server.url).href);
  await page.getByRole("button", { name: "Add server" }).first().click();
  const adding = page.getByRole("dialog");
  await adding.getByLabel("Address").fill(navidrome.url);
  await adding.getByLabel("User name there").fill("ada");
  await adding.getByLabel("Password there").fill("wrong");
  await adding.getByRole("button", { name: "Add and sync" }).click();
  await adding.getByRole("alert").waitFor();
  await adding.getByLabel("Password there").fill("secret");
  await adding.getByRole("button", { name: "Add and sync" }).click();
  await adding.waitFor({ state: "detached" });
  await page.getByText(/synced (now|\d)/).waitFor({ timeout: 60_000 });
  assert.deepEqual(await violations(page), []);
  const { total } = await api(page, server, "tracks?limit=1");
  assert.equal(total, 48);

  // The sentence; one of its chips is taken away.
  await page.goto(new URL("prompt", server.url).href);
  await page.getByRole("textbox").first().fill(SENTENCE);
  await page.keyboard.press("Enter");
  await page.getByRole("heading", { name: /^18 tracks, 1:30/ }).waitFor();
  const rules = page.getByRole("list", { name: "Rules" });
  await rules.getByRole("button", { name: /^Remove .*artist/ }).click();
  await page.getByRole("heading", { name: /^36 tracks, 3:00/ }).waitFor();
  assert.deepEqual(await violations(page), []);
  await page.getByRole("button", { name: "Save", exact: true }).click();
  const saving = page.getByRole("dialog");
  await saving.getByLabel("Name").fill("Jazz to disco");
  await saving.getByRole("button", { name: "Save", exact: true }).click();
  await saving.waitFor({ state: "detached" });
  const { items } = await api(page, server, "playlists");
  const list = items.find((one) => one.name === "Jazz to disco");
  assert.ok(Math.abs(list.duration_s - 180) <= 3.6, `${list.duration_s} s`);

  // In the order of a DJ set.
  await page.goto(new URL("sets", server.url).href);
  await page.getByRole("button", { name: "New set" }).first().click();
  const making = page.getByRole("dialog");
  await making.getByLabel("Name").fill("Friday");
  await making.getByRole("combobox").first().selectOption({ value: `playlist:${list.id}` });
  await making.getByRole("button", { name: "All", exact: true }).click();
  await making.getByRole("button", { name: "Make set" }).click();
  await page.getByRole("heading", { level: 1, name: "Friday" }).waitFor();
  await page.getByRole("button", { name: "Optimise" }).click();
  await page.getByRole("region", { name: "Proposal" }).getByRole("button", { name: "Use this order" }).click({ timeout: 60_000 });
  await page.getByRole("button", { name: "Undo", exact: true }).and(page.locator(":enabled")).waitFor();
  assert.deepEqual(await violations(page), []);

  // Out again.
  const exported = async (kind) => {
    await page.getByRole("button", { name: "Export" }).click();
    return downloaded(page, () => page.getByRole("menuitem", { name: kind }).click());
  };
  const xml = await exported(/Rekordbox/);
  const parsed = await page.evaluate((text) => {
    const read = new window.DOMParser().parseFromString(text, "text/xml");
    const attributes = (selector, name) => [...read.querySelectorAll(selector)].map((one) => one.getAttribute(name));
    return { broken: read.querySelector("parsererror")?.textContent ?? null, tempos: attributes("COLLECTION > TRACK", "AverageBpm"), keys: attributes("PLAYLISTS TRACK", "Key"), ids: attributes("COLLECTION > TRACK", "TrackID") };
  }, xml.text);
  assert.equal(parsed.broken, null);
  assert.equal(parsed.keys.length, list.track_count);
  assert.deepEqual([...parsed.keys].sort(), [...parsed.ids].sort());
  assert.ok(parsed.tempos.every((tempo) => Number(tempo) > 90), `${parsed.tempos}`);
  const m3u8 = await exported(/M3U8/i);
  assert.match(m3u8.name, /\.m3u8$/);
  const lines = m3u8.text.split("\n");
  assert.equal(lines[0], "#EXTM3U");
  assert.equal(lines.filter((line) => line.startsWith("#EXTINF:")).length, list.track_count);
  assert.deepEqual(faults, []);
  await context.close();
});
