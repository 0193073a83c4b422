// Playlists by hand: an import whose open entries are settled, changes taken back, a link changed, cues set.
import assert from "node:assert/strict";
import { mkdirSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { api } from "./api.mjs";
import { launch, openContext, violations } from "./browser.mjs";
import { makeDemo, startServer } from "./server.mjs";

const MUSIC = join(tmpdir(), "resonance-e2e-demo");
const PASSWORD = "correct horse battery";
const { PICTURES } = process.env;
let server;
let browser;
let tracks;

before(
  async () => {
    makeDemo(MUSIC);
    server = await startServer({ music: MUSIC });
    browser = await launch();
    const { context } = await openContext(browser, server.url);
    const page = await context.newPage();
    await page.goto(server.url);
    await api(page, server, "setup", { name: "ada", password: PASSWORD });
    for (let tries = 0; (await api(page, server, "tracks?limit=1")).total < 20; tries += 1) {
      assert.ok(tries < 300, "the music was not scanned");
      await page.waitForTimeout(200);
    }
    tracks = (await api(page, server, "tracks?limit=40&sort=title")).items.filter((one, i, all) => all.findIndex((other) => other.title === one.title) === i);
    await context.close();
  },
  { timeout: 300_000 },
);

after(async () => {
  await browser?.close();
  await server?.stop();
});

const open = async (path, options) => {
  const { context, faults } = await openContext(browser, server.url, options);
  const page = await context.newPage();
  await page.goto(server.url);
  await api(page, server, "auth/sign-in", { name: "ada", password: PASSWORD });
  await page.goto(new URL(path, server.url).href);
  return { page, context, faults };
};
const look = async (page, name) => {
  if (!PICTURES) return;
  mkdirSync(PICTURES, { recursive: true });
  await page.waitForTimeout(500);
  await page.screenshot({ path: join(PICTURES, `${name}.png`) });
};

test("what an import missed is searched, settled and taken back", { timeout: 120_000 }, async () => {
  const { page, context, faults } = await open("playlists/imports");
  const [known, wanted] = tracks;
  const file = ["#EXTM3U", `#EXTINF:${Math.round(known.duration_s)},${known.artist} - ${known.title}`, "D:/x/one.mp3", "#EXTINF:200,Nobody At All - Zzyzx Unheard", "D:/x/two.mp3", "#EXTINF:180,Somebody - Qwrtp", "D:/x/three.mp3", ""].join("\n");
  await page.getByRole("button", { name: "Import a file" }).click();
  await page.locator("input[type=file]").setInputFiles({ name: "Old tapes.m3u8", mimeType: "audio/x-mpegurl", buffer: Buffer.from(file) });
  await page.getByRole("button", { name: "Import 1 playlist" }).click();
  await page.getByRole("button", { name: "Settle 2 entries" }).click();
  await page.getByRole("heading", { level: 1, name: "Old tapes" }).waitFor();
  const entry = page.getByRole("listitem").filter({ hasText: "Zzyzx Unheard" });
  await look(page, "import-open");
  assert.deepEqual(await violations(page), []);

  await entry.getByRole("button", { name: "Search for it…" }).focus();
  await page.keyboard.press("s");
  const finder = page.getByRole("combobox", { name: "Find the track for Zzyzx Unheard" });
  await finder.fill(wanted.title);
  await page.getByRole("option").filter({ hasText: wanted.title }).first().waitFor();
  await look(page, "import-find");
  await page.keyboard.press("Enter");
  await entry.getByText("chosen by you").waitFor();
  // The keys go on with the next open entry.
  await page.waitForFunction(() => document.activeElement?.closest(".imp-entry")?.textContent.includes("Qwrtp"));
  await page.keyboard.press("n");
  await page.getByText("None of the tracks here, as you said").waitFor();
  await look(page, "import-settled");
  assert.deepEqual(await violations(page), []);
  const lists = await api(page, server, "playlists");
  const made = lists.items.find((one) => one.name === "Old tapes");
  const titles = async () => (await api(page, server, `playlists/${made.id}`)).entries.map((one) => one.track.title);
  assert.deepEqual(await titles(), [known.title, wanted.title]);

  await page.getByRole("button", { name: "Undo the choice for Zzyzx Unheard" }).click();
  await entry.getByRole("button", { name: "Search for it…" }).waitFor();
  assert.deepEqual(await titles(), [known.title]);
  assert.deepEqual(faults, []);
  await context.close();
});

test("removing, moving and sorting are taken back, the entries being the same", { timeout: 120_000 }, async () => {
  const { page, context, faults } = await open("playlists");
  const list = await api(page, server, "playlists", { name: "Undone", track_ids: tracks.slice(0, 6).map((one) => one.id).reverse() });
  const entries = async () => (await api(page, server, `playlists/${list.id}`)).entries.map((one) => one.id);
  const first = await entries();
  await page.goto(new URL(`playlists/${list.id}`, server.url).href);
  const grid = page.getByRole("grid", { name: "Tracks of Undone" });
  const rows = grid.locator("[data-index]");
  await rows.first().waitFor();

  await rows.nth(1).click({ modifiers: ["ControlOrMeta"] });
  await rows.nth(3).click({ modifiers: ["ControlOrMeta"] });
  await look(page, "playlist-selected");
  await page.getByRole("button", { name: "Remove from playlist" }).click();
  await page.getByText("2 tracks are out of the playlist").waitFor();
  await page.waitForFunction(() => document.querySelectorAll("[data-index]").length === 4);
  await page.getByRole("button", { name: "Undo", exact: true }).click();
  await page.waitForFunction(() => document.querySelectorAll("[data-index]").length === 6);
  for (let tries = 0; tries < 50 && (await entries()).length < 6; tries += 1) await page.waitForTimeout(100);
  assert.deepEqual(await entries(), first);

  await rows.nth(0).focus();
  await page.keyboard.press("Alt+ArrowDown");
  await page.getByText("is at place 2").first().waitFor();
  await page.getByRole("button", { name: "More for Undone" }).click();
  await page.getByRole("menuitem", { name: "Sort by" }).hover();
  await page.getByRole("menuitem", { name: "Title", exact: true }).click();
  await page.getByText("Sorted by Title").waitFor();
  await page.keyboard.press("Escape");
  await page.locator("h1").click();
  await page.keyboard.press("ControlOrMeta+z");
  await page.keyboard.press("ControlOrMeta+z");
  for (let tries = 0; tries < 50 && (await entries()).join() !== first.join(); tries += 1) await page.waitForTimeout(100);
  assert.deepEqual(await entries(), first);
  await page.keyboard.press("ControlOrMeta+z");
  await page.getByText("There is nothing to undo here.").waitFor();
  assert.deepEqual(faults, []);
  await context.close();
});

test("a link is changed, its password with it", { timeout: 120_000 }, async () => {
  const { page, context, faults } = await open("playlists");
  const list = await api(page, server, "playlists", { name: "Lent", track_ids: [tracks[0].id] });
  const share = await api(page, server, `playlists/${list.id}/shares`, { label: "For Mara" });
  await page.goto(new URL(`playlists/${list.id}`, server.url).href);
  await page.getByRole("button", { name: "More for Lent" }).click();
  await page.getByRole("menuitem", { name: "Share with a link" }).click();
  await look(page, "share-dialog");
  assert.deepEqual(await violations(page), []);
  await page.getByRole("button", { name: "Change the link to For Mara" }).click();
  await page.getByRole("switch", { name: "They can listen" }).click();
  await page.getByLabel("For whom (a note for you)").fill("For Jonas");
  await page.getByLabel("It stands").selectOption({ label: "A week" });
  await page.getByRole("switch", { name: "It asks for a password" }).click();
  await page.getByLabel("Password", { exact: true }).fill("swordfish-at-noon");
  await look(page, "share-change");
  assert.deepEqual(await violations(page), []);
  await page.getByRole("button", { name: "Save" }).click();
  await page.getByText("look only, with password, until").waitFor();
  const [after] = (await api(page, server, "shares")).items.filter((one) => one.id === share.id);
  assert.deepEqual([after.label, after.plays, after.has_password], ["For Jonas", false, true]);
  assert.ok(after.expires_at);
  assert.deepEqual(faults, []);
  await context.close();
});

test("cues are set, moved, named and kept", { timeout: 120_000 }, async () => {
  const { page, context, faults } = await open("playlists");
  const track = tracks[2];
  const list = await api(page, server, "playlists", { name: "Marked", track_ids: [track.id] });
  await page.goto(new URL(`playlists/${list.id}`, server.url).href);
  await page.locator("[data-index]").first().click({ button: "right" });
  await page.getByRole("menuitem", { name: "Cues and loops…" }).click();
  const editor = page.getByRole("dialog", { name: "Cues and loops" });
  await editor.getByText("No cue yet").waitFor();
  await editor.getByRole("slider", { name: "Position" }).focus();
  await page.keyboard.press("PageUp");
  await editor.getByRole("button", { name: "Cue here" }).click();
  await editor.getByRole("slider", { name: "Position" }).focus();
  await page.keyboard.press("PageUp");
  await editor.getByRole("button", { name: "Loop here" }).click();
  const flag = editor.getByRole("button", { name: /^Pad 1 at/ });
  await flag.focus();
  await page.keyboard.press("Shift+ArrowRight");
  await editor.getByLabel("Name of Pad 1").fill("drop");
  await look(page, "cues");
  assert.deepEqual(await violations(page), []);
  await editor.getByText("Everything is saved").waitFor();
  const kept = async () => (await api(page, server, `tracks/${track.id}/cues`)).cues.map((one) => [one.kind, one.name, one.number]);
  for (let tries = 0; tries < 30 && (await kept())[0]?.[1] !== "drop"; tries += 1) await page.waitForTimeout(100);
  assert.deepEqual(await kept(), [["cue", "drop", 0], ["loop", "", 1]]);

  await editor.getByRole("button", { name: "Delete drop" }).click();
  await page.keyboard.press("ControlOrMeta+z");
  await editor.getByRole("button", { name: "Play from drop" }).click();
  await editor.getByRole("button", { name: "Pause" }).waitFor();
  await page.keyboard.press("Escape");
  await editor.waitFor({ state: "detached" });
  for (let tries = 0; tries < 30 && (await kept()).length !== 2; tries += 1) await page.waitForTimeout(100);
  assert.deepEqual(await kept(), [["cue", "drop", 0], ["loop", "", 1]]);
  assert.deepEqual(faults, []);
  await context.close();
});
