// One person's first evening: set up, watch the scan, search, play, like, sign out, come back.
import assert from "node:assert/strict";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { launch, openContext } from "./browser.mjs";
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

/** Remembers every element that was asked to play, so that the test can ask the sound itself. */
function rememberMedia() {
  window.played = [];
  const { play } = HTMLMediaElement.prototype;
  HTMLMediaElement.prototype.play = function () {
    if (!window.played.includes(this)) window.played.push(this);
    return play.call(this);
  };
}

const seconds = (page) => page.evaluate(() => Math.max(0, ...window.played.map((media) => media.currentTime)));

test("setup, scan, search, play, like, sign out", { timeout: 180_000 }, async () => {
  const { context, faults } = await openContext(browser, server.url);
  await context.addInitScript(rememberMedia);
  const page = await context.newPage();
  await page.goto(server.url);

  await page.getByLabel("Name").fill("ada");
  await page.getByLabel("Password", { exact: true }).fill("correct horse battery");
  await page.getByRole("button", { name: "Create account" }).click();
  await page.getByRole("heading", { name: "Where is your music?" }).waitFor();
  await page.getByRole("button", { name: "Continue" }).click();
  await page.getByRole("heading", { name: "Your music is here" }).waitFor({ timeout: 60_000 });
  await page.getByRole("button", { name: "Continue" }).click();
  await page.getByRole("button", { name: "Open Resonance" }).click();
  await page.getByRole("heading", { level: 1, name: /ada/i }).waitFor();

  await page.keyboard.press("/");
  await page.getByRole("searchbox").fill("nachtfaltr");
  const artist = page.getByRole("link", { name: /Nachtfalter/ }).first();
  await artist.waitFor();
  await artist.click();
  await page.getByRole("heading", { level: 1, name: "Nachtfalter" }).waitFor();
  await page.getByRole("button", { name: /^Play\b/ }).first().click();
  await page.waitForFunction(() => window.played.some((media) => media.currentTime > 0.5));
  const before = await seconds(page);
  await page.waitForTimeout(1500);
  assert.ok((await seconds(page)) > before + 1, "the sound goes on");

  const bar = page.getByRole("contentinfo").or(page.getByRole("region", { name: "Player" })).first();
  await bar.getByRole("button", { name: /^Like / }).click();
  await bar.getByRole("button", { name: /^Unlike / }).waitFor();

  await page.reload();
  await bar.getByRole("button", { name: /^Unlike / }).waitFor();

  await page.getByRole("button", { name: /ada/ }).click();
  await page.getByRole("menuitem", { name: "Sign out" }).click();
  await page.getByRole("button", { name: "Sign in" }).waitFor();
  const refused = await page.request.get(new URL("api/v1/me", server.url).href);
  assert.equal(refused.status(), 401);

  await page.getByLabel("Name").fill("ada");
  await page.getByLabel("Password", { exact: true }).fill("wrong");
  await page.getByRole("button", { name: "Sign in" }).click();
  await page.getByRole("alert").waitFor();
  await page.getByLabel("Password", { exact: true }).fill("correct horse battery");
  await page.getByRole("button", { name: "Sign in" }).click();
  await page.getByRole("button", { name: /ada/ }).waitFor();

  assert.deepEqual(faults, []);
  assert.ok(!server.log().includes("correct horse"), "no password in the log");
  await context.close();
});
