// The real app over a test library, as a listener uses it.
import { api } from "../api.mjs";
import { launch, openContext } from "../browser.mjs";
import { startServer } from "../server.mjs";
import { record } from "./recorder.mjs";

const PASSWORD = "correct horse battery";
/** What the tests start from: nothing that changes a sample. */
const PLAIN = { gapless: "album", crossfade: 0, smartFade: false, levelling: "off", preampDb: 0, unknownDb: 0, clipGuard: true };
/** The setting that asks for a tier, on every kind of network. */
export const quality = (tier) => ({ quality: { home: tier, mobile: tier } });

/** A running server whose library is scanned, with its only listener signed in; `stop()` ends both it and the browser. */
export async function startApp(music, { tracks, env } = {}) {
  // PYTHONPATH: the server of another checkout, with the app that is built there.
  const { PYTHONPATH } = process.env;
  const server = await startServer({ music, env: { ...(PYTHONPATH ? { PYTHONPATH } : {}), ...env } });
  const browser = await launch();
  const app = { server, browser, url: server.url, contexts: new Set(), stop: async () => { await browser.close(); await server.stop(); } };
  try {
    const { context } = await openContext(browser, server.url);
    const page = await context.newPage();
    await page.goto(server.url);
    const session = await api(page, app, "setup", { name: "ada", password: PASSWORD });
    app.user = session.user.id;
    for (let tries = 0; (await api(page, app, "tracks?limit=1")).total < tracks || (await api(page, app, "scans/current")).items.length > 0; tries += 1) {
      if (tries > 300) throw new Error(`The scan did not find ${tracks} tracks:\n${server.log()}`);
      await page.waitForTimeout(200);
    }
    app.albums = Object.fromEntries((await api(page, app, "albums?limit=500")).items.map((album) => [album.title, album.id]));
    app.state = await context.storageState();
    await context.close();
  } catch (fault) {
    await app.stop();
    throw fault;
  }
  return app;
}

/** Ids of an album's tracks in their order. */
export async function tracksOfAlbum(page, app, title) {
  const album = await api(page, app, `albums/${app.albums[title]}`);
  return album.discs.flatMap((disc) => disc.tracks.map((track) => track.id));
}

/** Runs in the page before the app: settings of playing and full volume, as an earlier visit would have left them. */
function seed({ settings, user }) {
  if (localStorage.getItem("resonance.playback") === null) localStorage.setItem("resonance.playback", JSON.stringify({ state: settings, version: 1 }));
  const key = `resonance.player.${user}`;
  const queue = { entries: [], index: -1, source: null, shuffled: false, repeat: "off", nextUid: 1 };
  if (localStorage.getItem(key) === null) localStorage.setItem(key, JSON.stringify({ version: 1, queue, position: 0, volume: 1, muted: false }));
}

function withoutMediaSource() {
  delete window.MediaSource;
  delete window.ManagedMediaSource;
  delete window.WebKitMediaSource;
}

/** The same as text, for a browser that is not driven by playwright. */
export const seedScript = (app, settings) => `(${seed})(${JSON.stringify({ settings: { ...PLAIN, ...settings }, user: app.user })})`;

/**
 * A page of its own (own storage, nobody else's queue) that is recorded at `rate`. `plain` takes MediaSource away;
 * `latency` (ms) holds back every answer of /seg. `close()` answers the faults seen on the page.
 */
export async function listen(app, { rate = 44100, settings = {}, latency = 0, plain = false, discard = false, tap = true } = {}) {
  const { context, faults } = await openContext(app.browser, app.url, { storageState: app.state, bypassCSP: true });
  await forgetQueue(app, context);
  const page = await context.newPage();
  if (plain) await page.addInitScript(withoutMediaSource);
  await page.addInitScript(seed, { settings: { ...PLAIN, ...settings }, user: app.user });
  if (tap) await record(page, { rate, discard, bare: plain });
  if (latency > 0)
    await page.route(/\/seg\//, async (route) => {
      await new Promise((done) => setTimeout(done, latency));
      await route.continue();
    });
  app.contexts.add(context);
  const close = async () => {
    app.contexts.delete(context);
    await context.close();
    return faults;
  };
  return { page, app, faults, close };
}

const bar = (page) => page.getByRole("region", { name: "Player" }).first();

export async function openAlbum({ page, app }, title) {
  await page.goto(new URL(`albums/${app.albums[title]}`, app.url).href);
  await page.getByRole("heading", { level: 1, name: title }).waitFor();
}

/** The queue that an earlier test left on the server would be offered to the next page. */
async function forgetQueue(app, context) {
  const csrf = app.state.cookies.find((cookie) => cookie.name === "resonance_csrf")?.value ?? "";
  const data = { track_ids: [], current_index: 0, position_ms: 0, changed_by: "test" };
  const answer = await context.request.put(new URL("api/v1/queue", app.url).href, { data, headers: { "X-CSRF-Token": csrf } });
  if (!answer.ok()) throw new Error(`queue: ${answer.status()} ${await answer.text()}`);
}

export async function playAlbum(session, title) {
  await openAlbum(session, title);
  await session.page.getByRole("main").getByRole("button", { name: "Play", exact: true }).first().click();
}

/** A page with a playlist of these; answers what starts it. A playlist is never spliced by itself. */
export async function openTogether({ page, app }, trackIds, name) {
  await page.goto(app.url);
  const playlist = await api(page, app, "playlists", { name, track_ids: trackIds });
  await page.goto(new URL(`playlists/${playlist.id}`, app.url).href);
  await page.getByRole("heading", { level: 1, name }).waitFor();
  return () => page.getByRole("main").getByRole("button", { name: "Play", exact: true }).first().click();
}

export const playTogether = async (session, trackIds, name) => (await openTogether(session, trackIds, name))();

/** Position and duration as the seek bar tells them, in seconds. */
export async function seekBar(page) {
  const slider = bar(page).getByRole("slider", { name: "Seek" });
  return { position: Number(await slider.getAttribute("aria-valuenow")), duration: Number(await slider.getAttribute("aria-valuemax")) };
}

/** Waits until the seek bar shows at least `seconds`. */
export async function waitForPosition(page, seconds, timeout = 30_000) {
  const reached = (wanted) => Number(document.querySelector('.bar [role="slider"]')?.getAttribute("aria-valuenow")) >= wanted;
  await page.waitForFunction(reached, seconds, { timeout, polling: 50 });
}

/** Clicks the seek bar at a fraction of its length. */
export async function seekTo(page, fraction) {
  const slider = bar(page).getByRole("slider", { name: "Seek" });
  const box = await slider.boundingBox();
  await page.mouse.click(box.x + box.width * fraction, box.y + box.height / 2);
}

export const nowTitle = (page) => bar(page).locator(".bar-now").innerText();

/** Closes what a failed test left open: it would go on playing under the next one. */
export async function closeLeft(app) {
  for (const context of app.contexts) await context.close();
  app.contexts.clear();
}

/** Waits until the player bar names a track. */
export async function waitForTitle(page, title, timeout = 60_000) {
  await page.waitForFunction((wanted) => document.querySelector(".bar-now")?.textContent?.includes(wanted), title, { timeout, polling: 50 });
}
