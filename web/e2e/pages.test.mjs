// Every page, in both themes and at both widths: axe finds nothing, the console is quiet, nobody else is asked.
// PICTURES=folder keeps a screenshot of each.
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
const PICTURES = process.env.PICTURES;
let server;
let browser;
let paths;

before(async () => {
  makeDemo(MUSIC);
  server = await startServer({ music: MUSIC });
  browser = await launch();
  const { context } = await openContext(browser, server.url);
  const page = await context.newPage();
  await page.goto(server.url);
  await api(page, server, "setup", { name: "ada", password: PASSWORD });
  for (let tries = 0; tries < 100; tries += 1) {
    const albums = await api(page, server, "albums?limit=1");
    if (albums.total > 5) break;
    await page.waitForTimeout(200);
  }
  const albums = await api(page, server, "albums?limit=50");
  const artists = await api(page, server, "artists?limit=5");
  const tracks = await api(page, server, "tracks?limit=12");
  const playlist = await api(page, server, "playlists", { name: "Sunday", track_ids: tracks.items.map((track) => track.id) });
  const rule = { match: { all: [{ field: "year", op: "at_least", value: 1900 }] }, sort: [], limit: { tracks: 20 }, seed: null };
  const smart = await api(page, server, "playlists", { name: "Lately", rule });
  const set = await api(page, server, "sets", { name: "Friday", pool: { kind: "playlist", id: playlist.id }, length: {}, curve: { name: "arc" } });
  const share = await api(page, server, `playlists/${playlist.id}/shares`, {});
  const listed = `#EXTM3U\n#EXTINF:-1,${tracks.items[0].artist} - ${tracks.items[0].title}\na.mp3\n#EXTINF:-1,Nobody - Unheard\nb.mp3\n`;
  const brought = await page.evaluate(
    async ([address, text]) => {
      const csrf = document.cookie.match(/resonance_csrf=([^;]*)/)?.[1] ?? "";
      return (await fetch(address, { method: "POST", headers: { "Content-Type": "application/octet-stream", "X-CSRF-Token": csrf }, body: text })).json();
    },
    [new URL("api/v1/imports?name=tapes.m3u8&dry_run=false", server.url).href, listed],
  );
  const discs = albums.items.find((album) => album.title.length > 0);
  paths = [
    "",
    "library/albums",
    "library/artists",
    "library/tracks",
    "library/genres",
    `albums/${discs.id}`,
    `artists/${artists.items[0].id}`,
    "search",
    "search?q=night",
    "search?q=slow+warm+piano&bpm_max=120",
    "library/tracks?sort=bpm&key=%228A%22&key_compatible=true",
    "queue",
    "now-playing",
    "map",
    `tracks/${tracks.items[0].id}/similar`,
    "duplicates",
    "playlists",
    `playlists/${playlist.id}`,
    `playlists/${smart.id}`,
    `playlists/${smart.id}/rules`,
    "playlists/smart/new",
    "playlists/imports",
    `playlists/imports/${brought.report_id}`,
    `sheet/playlist/${playlist.id}`,
    "prompt",
    "prompt?q=half+an+hour%2C+slow+to+fast%2C+nothing+live",
    "sets",
    `sets/${set.id}`,
    `share#${share.secret}`,
    "settings",
    "settings/servers",
    "settings/appearance",
    "settings/playback",
    "settings/devices",
    "settings/apps",
    "admin",
    "admin/users",
    "admin/libraries",
    "admin/servers",
    "admin/playlist-files",
    "admin/broken",
    "admin/missing",
    "admin/analysis",
    "admin/jobs",
    "nowhere",
  ];
  await context.close();
}, { timeout: 300_000 });

after(async () => {
  await browser?.close();
  await server?.stop();
});

for (const size of ["desktop", "phone"])
  for (const theme of ["dark", "light"])
    test(`pages at ${size} width, ${theme}`, { timeout: 240_000 }, async () => {
      const { context, faults } = await openContext(browser, server.url, { size, theme });
      const page = await context.newPage();
      await page.goto(server.url);
      const found = [];
      const look = async (path) => {
        await page.goto(new URL(path, server.url).href);
        await page.getByRole("heading", { level: 1 }).first().waitFor();
        await page.waitForTimeout(700); // fades end, pictures arrive
        found.push(...(await violations(page)));
        const wide = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
        if (wide > 0) found.push(`${path}: ${wide} px wider than the window`);
        if (!PICTURES) return;
        mkdirSync(PICTURES, { recursive: true });
        await page.screenshot({ path: join(PICTURES, `${path.replace(/\W+/g, "-") || "home"}-${size}-${theme}.png`) });
      };
      await look("sign-in");
      await api(page, server, "auth/sign-in", { name: "ada", password: PASSWORD });
      for (const path of paths) await look(path);
      assert.deepEqual(found, []);
      assert.deepEqual(faults, []);
      await context.close();
    });
