// The words of a song and the history of the queue, with the real server: timing, an own text and its way back, play again.
import assert from "node:assert/strict";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { api } from "./api.mjs";
import { launch, openContext, violations } from "./browser.mjs";
import { makeDemo, startServer } from "./server.mjs";

const MUSIC = join(tmpdir(), "resonance-e2e-demo");
let server;
let browser;


before(async () => {
  makeDemo(MUSIC);
  server = await startServer({ music: MUSIC });
  browser = await launch();
}, { timeout: 300_000 });

after(async () => {
  await browser?.close();
  await server?.stop();
});

test("lyrics: timing, own text, and what was played", { timeout: 120_000 }, async () => {
  const { context, faults } = await openContext(browser, server.url);
  const page = await context.newPage();
  await page.goto(server.url);
  await api(page, server, "setup", { name: "ada", password: "correct horse battery" });
  let sung;
  for (let tries = 0; tries < 100 && !sung; tries += 1) {
    await page.waitForTimeout(200);
    sung = (await api(page, server, "tracks?limit=500")).items.find((track) => track.has_lyrics);
  }
  const { items: texts } = await api(page, server, `tracks/${sung.id}/lyrics`);
  const { items: others } = await api(page, server, "tracks?limit=3");
  await api(page, server, "queue", { track_ids: [sung.id, ...others.map((track) => track.id)], current_index: 0, position_ms: 0, changed_by: "web" }, "PUT");
  await api(page, server, "plays", { items: [{ track_id: others[0].id, started_at: new Date().toISOString(), played_s: 500 }] });
  await page.goto(server.url);
  await page.waitForFunction((title) => document.querySelector(".bar-title")?.textContent === title, sung.title);

  await page.keyboard.press("y");
  await page.getByRole("button", { name: texts[0].lines[0].text }).first().waitFor();
  await page.getByRole("button", { name: "Timing", exact: true }).click();
  await page.getByRole("button", { name: "Half a second earlier" }).click();
  await page.getByRole("spinbutton").focus();
  await page.keyboard.press("ArrowRight");
  await page.waitForTimeout(900);
  assert.equal((await api(page, server, `tracks/${sung.id}/lyrics`)).items[0].offset_ms, 600);

  await page.getByRole("button", { name: "Edit lyrics" }).click();
  await page.getByRole("textbox", { name: "Lyrics" }).fill("[00:01.00] One of mine\n[00:02.50] Another");
  await page.getByText("2 lines, synced").waitFor();
  assert.deepEqual(await violations(page), []);
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await page.getByRole("button", { name: "One of mine" }).waitFor();
  assert.deepEqual((await api(page, server, `tracks/${sung.id}/lyrics`)).items[0].lines.map((line) => line.start_ms), [1000, 2500]);

  // The other text is still there, and one's own goes with a way back.
  await page.getByRole("button", { name: "Your text" }).click();
  await page.getByRole("menuitemcheckbox").last().click();
  await page.getByRole("button", { name: texts[0].lines[0].text }).first().waitFor();
  await page.getByRole("button", { name: "Edit lyrics" }).click();
  await page.getByRole("button", { name: "Delete my text" }).click();
  await page.getByRole("button", { name: "Undo" }).click();
  await page.waitForTimeout(600);
  assert.equal((await api(page, server, `tracks/${sung.id}/lyrics`)).items[0].source, "user");

  // A line is a place in the song.
  await page.getByRole("button", { name: texts[0].lines.at(-1).text }).last().click();
  await page.waitForFunction(() => !/^0:00/.test(document.querySelector(".bar-seek")?.textContent ?? "0:00"));

  await page.getByRole("group", { name: "Panel" }).getByRole("button", { name: "Queue" }).click();
  const upNext = page.getByRole("grid", { name: "Queue" });
  const rows = Number(await upNext.getAttribute("aria-rowcount"));
  await page.getByRole("button", { name: "History" }).click();
  const played = page.getByRole("grid", { name: "History" });
  await played.getByText(others[0].title).waitFor();
  assert.deepEqual(await violations(page), []);
  await played.getByRole("row").filter({ hasText: others[0].title }).first().focus();
  await page.keyboard.press("x");
  const mixes = page.getByRole("dialog", { name: `Mixes well with ${others[0].title}` });
  await mixes.waitFor();
  await page.keyboard.press("Escape");
  await mixes.waitFor({ state: "detached" });
  await played.getByRole("button", { name: `Play ${others[0].title}` }).first().click();
  await page.waitForFunction((title) => document.querySelector(".bar-title")?.textContent === title, others[0].title);
  await page.getByRole("button", { name: "Up next" }).click();
  assert.equal(Number(await upNext.getAttribute("aria-rowcount")), rows, "one more that plays now, the one before is played");
  assert.deepEqual(faults, []);
  await context.close();
});
