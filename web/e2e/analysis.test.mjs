// The real analysis of the demo library: values appear by themselves, agree with how the music was made, are corrected, and answer questions.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { api } from "./api.mjs";
import { launch, openContext, violations } from "./browser.mjs";
import { makeDemo, startServer } from "./server.mjs";

const MUSIC = join(tmpdir(), "resonance-e2e-demo");
const QUESTION = "slow warm piano";
const LONG = 240_000;
let server;
let browser;
let truth;

before(async () => {
  makeDemo(MUSIC);
  truth = JSON.parse(readFileSync(join(MUSIC, "resonance-demo.json"), "utf8")).tracks;
  server = await startServer({ music: MUSIC, env: { ANALYSIS: "true" } });
  browser = await launch();
}, { timeout: 300_000 });

after(async () => {
  await browser?.close();
  await server?.stop();
});

const shown = (bpm) => `${Math.round(bpm * 10) / 10} BPM`;
/** How far two tempi are apart, whichever octave was chosen. */
const apart = (a, b) => Math.min(...[0.5, 1, 2].map((octave) => Math.abs((a * octave) / b - 1)));

/** Asks until the answer is as wanted; a slow machine only takes longer. */
async function until(page, path, wanted) {
  for (;;) {
    const answer = await api(page, server, path);
    if (wanted(answer)) return answer;
    await page.waitForTimeout(500);
  }
}

async function openMeasured(page, title) {
  const row = page.getByRole("row").filter({ hasText: title }).first();
  await row.click({ button: "right" });
  await page.getByRole("menuitem", { name: "Tempo, key and mood…" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("heading", { name: "Tempo and key" }).waitFor();
  return dialog;
}

test("measured values appear, are right, can be corrected and answer questions", { timeout: 2 * LONG }, async () => {
  const { context, faults } = await openContext(browser, server.url);
  const page = await context.newPage();
  page.setDefaultTimeout(LONG);
  await page.goto(server.url);
  await api(page, server, "setup", { name: "ada", password: "correct horse battery" });
  await api(page, server, "analysis", { paused: true }, "PATCH");
  await until(page, "tracks?limit=1", (list) => list.total === truth.length);

  // Nothing is loaded anew here: what is measured comes through the socket.
  await page.goto(new URL("library/tracks", server.url).href);
  const note = page.getByRole("link", { name: /^Tempo, key and energy: .* the rest is paused$/ });
  await note.waitFor();
  await api(page, server, "analysis", { paused: false }, "PATCH");
  await page.getByRole("img", { name: /^Energy \d+ of 100$/ }).nth(5).waitFor();
  await page.getByRole("columnheader", { name: "Energy" }).waitFor();
  await page.getByText(/^Tempo, key and energy: /).waitFor({ state: "hidden" });

  const status = await until(page, "analysis", ({ state, quick_done, full_done, tracks, failed }) => state === "idle" && tracks > 0 && quick_done + failed === tracks && full_done + failed === tracks);
  assert.equal(status.failed, 0, "every track of the demo can be measured");
  await page.goto(new URL("admin/analysis", server.url).href);
  await page.getByRole("heading", { name: "Done" }).waitFor();
  assert.deepEqual(await violations(page), []);

  const list = await api(page, server, "tracks?limit=500&sort=bpm");
  const measured = await Promise.all(list.items.map((track) => api(page, server, `tracks/${track.id}/analysis`)));
  const made = (track) => truth.find((one) => one.title === track.title && one.album === track.album);
  const sure = list.items
    .map((track, i) => ({ track, analysis: measured[i], made: made(track) }))
    .filter(({ analysis, made }) => made && analysis.measured.bpm !== null)
    .sort((a, b) => b.analysis.measured.bpm_confidence - a.analysis.measured.bpm_confidence);
  const { track, analysis, made: plan } = sure[0];
  assert.ok(apart(analysis.measured.bpm, plan.bpm) < 0.01, `${track.title}: measured ${analysis.measured.bpm}, made at ${plan.bpm}`);
  assert.equal(analysis.effective.bpm_source, "measured");

  const url = new URL(`albums/${track.album_id}`, server.url).href;
  await page.goto(url);
  let dialog = await openMeasured(page, track.title);
  await dialog.getByText(shown(analysis.measured.bpm), { exact: true }).waitFor();
  await dialog.getByText(`the tag says ${shown(plan.bpm)}`).waitFor();
  await page.waitForTimeout(400);
  assert.deepEqual(await violations(page), []);

  const doubled = Math.round(analysis.effective.bpm * 10) / 5;
  await dialog.getByRole("button", { name: "Correct", exact: true }).click();
  await dialog.getByRole("button", { name: /^×2/ }).click();
  await dialog.getByRole("button", { name: "Save" }).click();
  await dialog.getByText("corrected by ada").waitFor();
  await page.keyboard.press("Escape");
  const cell = page.getByRole("row").filter({ hasText: track.title }).first().getByRole("gridcell").filter({ hasText: String(Math.round(doubled)) });
  await cell.waitFor();
  await page.reload();
  await cell.waitFor();
  dialog = await openMeasured(page, track.title);
  await dialog.getByText(shown(doubled), { exact: true }).waitFor();
  const after = await api(page, server, `tracks/${track.id}/analysis`);
  assert.deepEqual([after.effective.bpm, after.effective.bpm_source, after.measured.bpm], [doubled, "user", analysis.measured.bpm]);
  await dialog.getByRole("button", { name: "Correct", exact: true }).click();
  await dialog.getByRole("button", { name: "Reset tempo" }).click();
  await dialog.getByText(shown(analysis.measured.bpm), { exact: true }).waitFor();
  await page.keyboard.press("Escape");

  const path = `search/tracks?q=${encodeURIComponent(QUESTION)}&limit=12`;
  const answer = await until(page, path, ({ items }) => items.length > 0 && items[0].reasons.length > 0);
  assert.deepEqual(answer.understood.map(({ word }) => word), QUESTION.split(" "));
  await page.goto(new URL("search", server.url).href);
  await page.getByRole("searchbox").fill(QUESTION);
  const fits = page.getByRole("grid", { name: "Tracks that fit" });
  await fits.getByText(answer.items[0].track.title).first().waitFor();
  const why = await fits.getByRole("row").nth(1).getByRole("gridcell").nth(2).innerText();
  assert.match(why, /slow, \d+ BPM|warm|piano/i);
  assert.equal(await page.getByRole("list", { name: "How it was understood" }).getByRole("listitem").count(), 3);
  assert.match(page.url(), /q=slow/);
  await page.waitForTimeout(400);
  assert.deepEqual(await violations(page), []);
  assert.deepEqual(faults, []);
  await context.close();
});
