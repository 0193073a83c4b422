// A smart playlist from the editor to an open page: rules typed and chosen, saved, and followed when a track is liked.
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

before(
  async () => {
    makeDemo(MUSIC);
    server = await startServer({ music: MUSIC });
    browser = await launch();
  },
  { timeout: 300_000 },
);

after(async () => {
  await browser?.close();
  await server?.stop();
});

test("rules are chosen, read as a sentence and as text, saved, and followed", { timeout: 120_000 }, async () => {
  const { context, faults } = await openContext(browser, server.url);
  const page = await context.newPage();
  await page.goto(server.url);
  await api(page, server, "setup", { name: "ada", password: "correct horse battery" });
  for (let tries = 0; (await api(page, server, "tracks?limit=1")).total < 20; tries += 1) {
    assert.ok(tries < 300, "the music was not scanned");
    await page.waitForTimeout(200);
  }
  const { items } = await api(page, server, "tracks?limit=3&sort=title");

  await page.goto(new URL("playlists/smart/new", server.url).href);
  await page.getByLabel("Name of the smart playlist").fill("Loved");
  await page.getByLabel("Field, rule 1").selectOption({ label: "Title" });
  await page.getByLabel("Value, rule 1").fill(items[0].title);
  const preview = page.getByRole("complementary", { name: "Preview" });
  await preview.getByText("track matches").waitFor();
  // What the server finds wrong stands at its line, past a line that is not asked yet.
  await page.getByRole("button", { name: "Rule", exact: true }).click();
  await page.getByRole("button", { name: "Group", exact: true }).click();
  await page.getByLabel("Field, rule 3").selectOption({ value: "year" });
  await page.getByLabel("Operator, rule 3").selectOption({ value: "between" });
  await page.getByLabel("From, rule 3").fill("2010");
  await page.getByLabel("To, rule 3").fill("1990");
  await page.getByRole("group", { name: "Rule 3" }).getByText("must not be above").waitFor();
  assert.deepEqual(await violations(page), []);
  await page.getByRole("button", { name: "Show where" }).click();
  assert.equal(await page.evaluate(() => document.activeElement?.getAttribute("aria-label")), "From, rule 3");
  await page.getByLabel("To, rule 3").fill("2020");
  await page.getByRole("group", { name: "Rule 3" }).getByText("must not be above").waitFor({ state: "detached" });
  await page.getByRole("button", { name: "Edit as text" }).click();
  await page.getByLabel("Rule as text").fill("liked:yes");
  await page.getByText("that you like").first().waitFor();
  assert.deepEqual(await violations(page), []);
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await page.getByRole("heading", { level: 1, name: "Loved" }).waitFor();

  // Nobody touches the page from here on.
  await api(page, server, `likes/track/${items[1].id}`, {}, "PUT");
  await page.getByText(items[1].title, { exact: true }).first().waitFor({ timeout: 40_000 });
  const lists = await api(page, server, "playlists");
  const loved = lists.items.find((one) => one.name === "Loved");
  assert.equal(loved.track_count, 1);
  const refused = await page.evaluate(
    async ([url, track]) => {
      const csrf = document.cookie.match(/resonance_csrf=([^;]*)/)?.[1] ?? "";
      const answer = await fetch(url, { method: "POST", headers: { "Content-Type": "application/json", "X-CSRF-Token": csrf }, body: JSON.stringify({ track_ids: [track] }) });
      return [answer.status, (await answer.json()).code];
    },
    [new URL(`api/v1/playlists/${loved.id}/entries`, server.url).href, items[2].id],
  );
  assert.deepEqual(refused, [409, "follows_rule"]);
  assert.deepEqual(faults, []);
  await context.close();
});
