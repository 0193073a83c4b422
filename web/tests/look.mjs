// Pictures and axe of every page with invented data, in both themes and widths. Pictures go to LOOK_OUT (default /tmp/resonance-look).
// `node tests/look.mjs album now` looks only at the pages whose name contains one of the words.
import { mkdirSync, readFileSync } from "node:fs";
import { createServer } from "node:http";
import { extname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { runnerImport } from "vite";
import { chooseDrawing, launch, openContext, violations } from "../e2e/browser.mjs";

const out = process.env.LOOK_OUT ?? "/tmp/resonance-look";
const app = process.env.LOOK_APP ?? fileURLToPath(new URL("../../src/resonance/webapp/", import.meta.url));
const policy = "default-src 'self'; script-src 'self'; style-src 'self' 'nonce-look'; img-src 'self' data: blob:; media-src 'self' blob:; connect-src 'self'; font-src 'self'; object-src 'none'; frame-ancestors 'none'";
const types = { ".js": "text/javascript", ".css": "text/css", ".svg": "image/svg+xml", ".woff2": "font/woff2" };
const base = "/music/";

const alias = { "@": fileURLToPath(new URL("../src", import.meta.url)) };
const load = (file) => runnerImport(fileURLToPath(new URL(file, import.meta.url)), { configFile: false, logLevel: "error", resolve: { alias } }).then((result) => result.module);
const { answer, freshState } = await load("../src/test/fakeServer.ts");
const { albums, artists, tracks } = await load("../src/test/fakeData.ts");

function cover(id) {
  const n = Number(id.slice(2));
  const hue = (n * 67) % 360;
  const shapes = [
    `<circle cx="160" cy="150" r="${60 + (n % 5) * 12}" fill="hsl(${hue} 70% 62%)"/><rect y="170" width="320" height="150" fill="hsl(${hue} 45% 24%)"/>`,
    `<path d="M0 320 160 ${40 + (n % 4) * 20} 320 320z" fill="hsl(${hue} 55% 50%)"/><circle cx="236" cy="82" r="34" fill="hsl(${(hue + 40) % 360} 80% 72%)"/>`,
    Array.from({ length: 8 }, (_, i) => `<rect x="${i * 40}" width="24" y="${60 + ((i * n * 37) % 140)}" height="320" fill="hsl(${(hue + i * 9) % 360} 60% ${30 + i * 4}%)"/>`).join(""),
    Array.from({ length: 6 }, (_, i) => `<circle cx="160" cy="160" r="${150 - i * 24}" fill="hsl(${hue} 50% ${20 + i * 10}%)"/>`).join(""),
  ];
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 320 320" width="320" height="320"><rect width="320" height="320" fill="hsl(${hue} 40% 16%)"/>${shapes[n % 4]}</svg>`;
}

function wav(seconds) {
  const rate = 8000;
  const data = Buffer.alloc(44 + rate * seconds * 2);
  data.write("RIFF", 0);
  data.writeUInt32LE(data.length - 8, 4);
  data.write("WAVEfmt ", 8);
  data.writeUInt32LE(16, 16);
  data.writeUInt16LE(1, 20);
  data.writeUInt16LE(1, 22);
  data.writeUInt32LE(rate, 24);
  data.writeUInt32LE(rate * 2, 28);
  data.writeUInt16LE(2, 32);
  data.writeUInt16LE(16, 34);
  data.write("data", 36);
  data.writeUInt32LE(data.length - 44, 40);
  for (let i = 0; i < rate * seconds; i += 1) data.writeInt16LE(Math.round(6000 * Math.sin((i / rate) * 440 * 2 * Math.PI)), 44 + i * 2);
  return data;
}
const sound = wav(60);

let state = freshState();
const server = createServer(async (request, response) => {
  const url = new URL(request.url, "http://x");
  if (!url.pathname.startsWith(base)) return response.writeHead(404).end();
  const path = url.pathname.slice(base.length);
  if (path.startsWith("api/v1/artwork/")) return response.writeHead(200, { "content-type": "image/svg+xml" }).end(cover(path.split("/")[3]));
  const sharedCover = /^api\/v1\/shared\/\w+\/covers\/(\w+)/.exec(path)?.[1] ?? (/^api\/v1\/shared\/\w+\/cover$/.test(path) ? albums[0].cover_id : null);
  if (sharedCover) return response.writeHead(200, { "content-type": "image/svg+xml" }).end(cover(sharedCover));
  if (path.startsWith("stream/") || /^api\/v1\/shared\/\w+\/stream\//.test(path)) {
    const range = /bytes=(\d+)-/.exec(request.headers.range ?? "");
    const start = range ? Number(range[1]) : 0;
    return response.writeHead(range ? 206 : 200, { "content-type": "audio/wav", "accept-ranges": "bytes", "content-length": sound.length - start, ...(range ? { "content-range": `bytes ${start}-${sound.length - 1}/${sound.length}` } : {}) }).end(sound.subarray(start));
  }
  if (path.startsWith("api/v1/")) {
    const parts = [];
    for await (const part of request) parts.push(part);
    const text = Buffer.concat(parts).toString();
    const { status, body, bytes } = answer(request.method, path.slice(7), url.searchParams, text && request.headers["content-type"]?.includes("json") ? JSON.parse(text) : {}, state);
    if (bytes) return response.writeHead(status, { "content-type": "application/octet-stream" }).end(Buffer.from(bytes));
    return response.writeHead(status, { "content-type": status < 400 ? "application/json" : "application/problem+json" }).end(body === undefined ? undefined : JSON.stringify(body));
  }
  if (extname(path)) {
    try {
      return response.writeHead(200, { "content-type": types[extname(path)] ?? "application/octet-stream" }).end(readFileSync(join(app, path)));
    } catch {
      return response.writeHead(404).end();
    }
  }
  const html = readFileSync(join(app, "index.html"), "utf8").replace('<base href="/"', `<base href="${base}"`).replace('name="csp-nonce" content=""', 'name="csp-nonce" content="look"');
  response.writeHead(200, { "content-type": "text/html", "content-security-policy": policy }).end(html);
});
await new Promise((done) => server.listen(0, "127.0.0.1", done));
const origin = `http://127.0.0.1:${server.address().port}${base}`;

const play = async (page) => {
  await page.getByRole("button", { name: "Play", exact: true }).first().click();
  await page.waitForFunction(() => document.querySelector("title").textContent !== "", null);
  await page.waitForTimeout(900);
};
const playing = async (page) => {
  await page.goto(`${origin}albums/${albums[0].id}`);
  await play(page);
  if (page.viewportSize().width > 720) await page.getByRole("link", { name: "Map", exact: true }).click();
  else {
    await page.getByRole("link", { name: "Library" }).click();
    await page.getByRole("button", { name: "More for Library" }).click();
    await page.getByRole("menuitem", { name: "Map" }).click();
  }
  await page.getByRole("heading", { name: "Map" }).waitFor();
  await page.waitForTimeout(1400);
};
const album = albums[0].id;
const sentence = encodeURIComponent("90 minutes, dinner jazz to disco, nothing live, start calm, end dancing, max two per artist, 70s and 80s");
const listening = { status: { state: "running", stage: "quick", quick_done: 112, full_done: 0, failed: 2, per_minute: 34.6, eta_s: 7000 } };
const analysed = (more) => ({ analysis: { ...freshState().analysis, ...more } });
const measured = async (page) => {
  await page.getByRole("row").nth(2).getByRole("button", { name: /^More/ }).click({ force: true });
  await page.getByRole("menuitem", { name: "Tempo, key and mood…" }).click();
  await page.getByRole("heading", { name: "Tempo and key" }).waitFor();
  await page.waitForTimeout(500);
};
const pages = [
  { name: "home", path: "" },
  { name: "home-empty", path: "", state: { empty: true } },
  { name: "albums", path: "library/albums" },
  { name: "albums-list", path: "library/albums?view=list" },
  { name: "albums-none", path: "library/albums?letter=X" },
  { name: "artists", path: "library/artists" },
  { name: "tracks", path: "library/tracks" },
  { name: "genres", path: "library/genres" },
  { name: "album", path: `albums/${album}`, act: play },
  { name: "album-discs", path: `albums/${albums[4].id}` },
  { name: "album-missing", path: "albums/nothing" },
  { name: "artist", path: `artists/${artists[0].id}` },
  { name: "queue", path: `albums/${album}`, act: async (page) => {
      await play(page);
      const row = page.getByRole("row").nth(4);
      await row.focus();
      await page.keyboard.press("n");
      if (page.viewportSize().width > 720) await page.keyboard.press("q");
      else await page.goto(`${origin}queue`);
      await page.waitForTimeout(700);
    } },
  { name: "queue-page", path: "queue" },
  { name: "now-playing", path: `albums/${album}`, act: async (page) => { await play(page); await page.keyboard.press("f"); await page.waitForTimeout(900); } },
  { name: "now-plain", path: `albums/${albums[1].id}`, act: async (page) => { await play(page); await page.keyboard.press("Shift+ArrowRight"); await page.keyboard.press("f"); await page.waitForTimeout(900); } },
  { name: "now-none", path: `albums/${album}`, act: async (page) => { await play(page); await page.keyboard.press("Shift+ArrowRight"); await page.keyboard.press("f"); await page.waitForTimeout(1200); } },
  ...["aurora", "bars", "ring"].map((visual) => ({ name: `now-${visual}`, path: `albums/${albums[3].id}`, act: async (page) => {
      await page.evaluate((style) => localStorage.setItem("resonance.now-playing", JSON.stringify({ state: { visual: style, visualOn: true, lyrics: true }, version: 1 })), visual);
      await page.reload({ waitUntil: "networkidle" });
      await play(page);
      if (visual === "ring") await page.keyboard.press("Shift+ArrowRight");
      await page.keyboard.press("f");
      await page.waitForTimeout(1500);
    } })),
  ...["Queue", "Devices"].map((panel) => ({ name: `now-panel-${panel.toLowerCase()}`, path: `albums/${album}`, act: async (page) => { await play(page); await page.keyboard.press("f"); await page.waitForTimeout(700); await page.getByRole("button", { name: panel, exact: true }).first().click(); await page.waitForTimeout(900); } })),
  { name: "now-info", path: `albums/${album}`, act: async (page) => {
      await play(page);
      await page.keyboard.press("f");
      await page.waitForTimeout(700);
      await page.getByRole("button", { name: /^More for/ }).first().click();
      await page.getByRole("menuitem", { name: "About this track" }).click();
      await page.waitForTimeout(900);
    } },
  { name: "now-words", path: `albums/${album}`, act: async (page) => { await play(page); await page.keyboard.press("f"); await page.waitForTimeout(700); await page.getByRole("button", { name: "Lyrics", exact: true }).click(); await page.waitForTimeout(900); } },
  { name: "now-empty", path: "now-playing" },
  { name: "panel-devices", path: `albums/${album}`, act: async (page) => { await play(page); if (page.viewportSize().width > 720) await page.getByRole("button", { name: "Devices" }).click(); await page.waitForTimeout(700); } },
  { name: "panel-info", path: `albums/${album}`, act: async (page) => { await play(page); if (page.viewportSize().width > 720) { await page.getByRole("button", { name: "Devices" }).click(); await page.getByRole("button", { name: "Info" }).click(); } await page.waitForTimeout(700); } },
  { name: "menu", path: `albums/${album}`, act: async (page) => { await page.getByRole("row").nth(2).getByRole("button", { name: /^More/ }).click({ force: true }); await page.waitForTimeout(600); } },
  { name: "selection", path: "library/tracks", act: async (page) => {
      const phone = page.viewportSize().width <= 720;
      const row = (n) => page.getByRole("row").nth(n);
      await row(phone ? 9 : 14).scrollIntoViewIfNeeded();
      if (phone) {
        await row(3).getByRole("button", { name: /^More/ }).tap();
        await page.getByRole("menuitem", { name: "Select" }).tap();
        await row(5).getByText(/./).first().tap();
      } else {
        await row(3).click();
        await row(6).click({ modifiers: ["Shift"] });
        await row(9).click({ modifiers: ["ControlOrMeta"] });
      }
      await page.getByRole("group", { name: "Selected tracks" }).waitFor();
      await page.waitForTimeout(400);
    } },
  { name: "selection-album", path: `albums/${album}`, act: async (page) => {
      await page.getByRole("row").nth(2).focus();
      await page.keyboard.press("Shift+ArrowDown");
      await page.keyboard.press("Shift+ArrowDown");
      await page.waitForTimeout(400);
    } },
  { name: "map", path: "map", state: { points: 31482 }, act: playing },
  { name: "map-small", path: "map", state: { points: 31 }, act: async (page) => { await page.waitForTimeout(900); } },
  { name: "map-regions", path: "map?colour=region", act: async (page) => { await page.getByRole("button", { name: "List of regions" }).click(); await page.waitForTimeout(900); } },
  { name: "map-lasso", path: "map", state: { points: 31482 }, act: async (page) => {
      await page.waitForTimeout(500);
      await page.getByRole("button", { name: "Lasso", exact: true }).click();
      const { width, height } = page.viewportSize();
      const [x, y, r] = [width * 0.56, height * 0.36, Math.min(width, height) * 0.14];
      await page.mouse.move(x + r, y);
      await page.mouse.down();
      for (let i = 1; i <= 24; i += 1) await page.mouse.move(x + r * Math.cos(i * 0.26) * (1 + 0.2 * Math.sin(i)), y + r * Math.sin(i * 0.26));
      await page.mouse.up();
      await page.waitForTimeout(900);
    } },
  { name: "map-near", path: `map?track=${albums[0] ? tracks[3].id : ""}`, act: async (page) => { await page.waitForTimeout(1600); } },
  { name: "map-hover", path: "map", act: async (page) => {
      await page.getByRole("application").focus();
      await page.keyboard.press("ArrowRight");
      await page.keyboard.press("+");
      await page.keyboard.press("+");
      await page.waitForTimeout(900);
    } },
  { name: "map-find", path: "map", act: async (page) => { await page.getByRole("button", { name: "Where is this track?" }).click(); await page.getByRole("combobox").fill("har"); await page.waitForTimeout(900); } },
  { name: "map-path", path: `map?track=${tracks[3].id}`, act: async (page) => {
      await page.waitForTimeout(1200);
      await page.getByRole("button", { name: "Path from here" }).click();
      await page.getByRole("combobox", { name: "To" }).fill("salt");
      await page.getByRole("option").nth(2).click();
      await page.waitForTimeout(2200);
    } },
  { name: "similar", path: `tracks/${tracks[3].id}/similar` },
  { name: "similar-none", path: `tracks/${tracks[3].id}/similar?by=sound`, state: { empty: true } },
  { name: "similar-shelf", path: `albums/${albums[1].id}`, act: async (page) => { await page.getByRole("heading", { name: /^Sounds like/ }).scrollIntoViewIfNeeded(); await page.waitForTimeout(600); } },
  { name: "similar-artist", path: `artists/${artists[0].id}`, act: async (page) => { await page.getByRole("heading", { name: /^Sounds like/ }).scrollIntoViewIfNeeded(); await page.waitForTimeout(600); } },
  { name: "sonic-path", path: `tracks/${tracks[3].id}/similar`, act: async (page) => {
      await page.getByRole("row").nth(2).getByRole("button", { name: /^More/ }).click({ force: true });
      await page.getByRole("menuitem", { name: "By sound" }).click();
      await page.getByRole("menuitem", { name: "Path to…" }).press("Enter");
      await page.getByRole("combobox", { name: "To" }).fill("salt");
      await page.getByRole("option").nth(2).click();
      await page.waitForTimeout(900);
    } },
  { name: "sonic-blend", path: `tracks/${tracks[3].id}/similar`, act: async (page) => {
      await page.getByRole("button", { name: "Blend with others…" }).click();
      await page.getByRole("button", { name: /^Not like/ }).nth(2).click();
      await page.waitForTimeout(900);
    } },
  { name: "prompt-start", path: "prompt" },
  { name: "prompt-made", path: `prompt?q=${sentence}&seed=7`, act: async (page) => { await page.getByRole("row").nth(3).hover(); await page.waitForTimeout(300); } },
  { name: "prompt-notes", path: `prompt?q=${sentence}%2C%20Miles%20Davis%2C%20xyzzy`, act: async (page) => {
      await page.getByRole("row").nth(2).getByRole("button", { name: /^More/ }).click({ force: true });
      await page.getByRole("menuitem", { name: "Lock in this place" }).click();
      await page.getByRole("slider", { name: /^Curve, handle 2/ }).press("PageUp");
      await page.waitForTimeout(1200);
    } },
  { name: "prompt-chip", path: `prompt?q=${sentence}`, act: async (page) => { await page.getByRole("button", { name: /^years/ }).click(); await page.waitForTimeout(600); } },
  { name: "prompt-add", path: `prompt?q=${sentence}`, act: async (page) => { await page.getByRole("button", { name: "Rule", exact: true }).click(); await page.waitForTimeout(500); } },
  { name: "prompt-save", path: `prompt?q=${sentence}`, act: async (page) => { await page.getByRole("button", { name: "Save", exact: true }).click(); await page.getByRole("button", { name: "Live", exact: true }).click(); await page.waitForTimeout(500); } },
  { name: "prompt-none", path: `prompt?q=${sentence}`, state: { empty: true } },
  { name: "sets", path: "sets" },
  { name: "sets-none", path: "sets", state: { empty: true } },
  { name: "sets-new", path: "sets", act: async (page) => { await page.getByRole("button", { name: "New set" }).click(); await page.getByRole("button", { name: "Filter", exact: true }).click(); await page.waitForTimeout(500); } },
  { name: "set-one", path: "sets/se00000000000000000001", act: async (page) => { await page.waitForTimeout(700); } },
  { name: "set-offer", path: "sets/se00000000000000000001", act: async (page) => { await page.getByRole("button", { name: "Optimise" }).click(); await page.getByRole("button", { name: "Use this order" }).waitFor(); await page.waitForTimeout(700); } },
  { name: "set-draw", path: "sets/se00000000000000000001", act: async (page) => {
      if (page.viewportSize().width > 720) await page.getByRole("button", { name: "Draw" }).click();
      else {
        await page.getByRole("button", { name: "More", exact: true }).click();
        await page.getByRole("menuitem", { name: /^Curve/ }).click();
        await page.waitForTimeout(300);
        await page.getByRole("dialog").getByRole("button", { name: "Draw" }).click();
      }
      await page.getByRole("slider", { name: /^Curve, handle 2/ }).press("ArrowDown");
      await page.waitForTimeout(500);
    } },
  { name: "set-side", path: "sets/se00000000000000000001", act: async (page) => { await page.getByRole("row").nth(10).click(); await page.waitForTimeout(900); if (page.viewportSize().width > 720) await page.getByText("Mixer").click(); } },
  ...[0, 1, 30, 300].map((count) => ({ name: `set-of-${count}`, path: `sets/se0000000000000n${count}`, act: async (page) => { await page.waitForTimeout(900); } })),
  { name: "set-missing", path: "sets/nothing" },
  { name: "apps-folders", path: "settings/apps", act: async (page) => { const field = page.getByLabel("lies there in").first(); await field.fill("D:/Music"); await field.scrollIntoViewIfNeeded(); await page.waitForTimeout(300); } },
  { name: "sheet", path: "sheet/set/se00000000000000000001", act: async (page) => { await page.getByRole("button", { name: "Room for notes" }).click(); await page.waitForTimeout(400); } },
  { name: "sheet-print", path: "sheet/set/se00000000000000000001", act: async (page) => { await page.emulateMedia({ media: "print" }); await page.waitForTimeout(400); } },
  { name: "sheet-missing", path: "sheet/set/nothing" },
  { name: "mixes", path: `albums/${album}`, act: async (page) => { await page.getByRole("row").nth(2).getByRole("button", { name: /^More/ }).click({ force: true }); await page.getByRole("menuitem", { name: "Mixes well…" }).click(); await page.getByRole("list", { name: "Tracks that mix well" }).waitFor(); await page.waitForTimeout(500); } },
  { name: "duplicates", path: "duplicates" },
  { name: "duplicates-none", path: "duplicates", state: { empty: true } },
  ...["none", "drawing", "too_few"].map((map) => ({ name: `map-${map}`, path: "map", state: { map } })),
  { name: "measured", path: `albums/${album}`, act: measured },
  { name: "measured-moods", path: `albums/${album}`, state: analysed({ moods: { happy: 0.6 } }), act: async (page) => { await measured(page); await page.getByText("Only you see what you set here.").scrollIntoViewIfNeeded(); await page.waitForTimeout(300); } },
  { name: "measured-correct", path: `albums/${album}`, state: analysed({ edits: { bpm: 187.6 } }), act: async (page) => { await measured(page); await page.getByRole("button", { name: "Correct" }).click(); await page.keyboard.press("t"); await page.waitForTimeout(300); } },
  { name: "measured-failed", path: `albums/${album}`, state: analysed({ state: "failed" }), act: measured },
  { name: "measured-guest", path: `albums/${album}`, state: { role: "guest", ...analysed({ state: "partly" }) }, act: measured },
  { name: "tracks-filters", path: "library/tracks?sort=bpm&bpm_min=80&bpm_max=100&key=8A&key_compatible=true", state: analysed(listening) },
  { name: "tracks-columns", path: "library/tracks", act: async (page) => { if (page.viewportSize().width > 720) await page.getByRole("button", { name: "Columns" }).click(); await page.waitForTimeout(400); } },
  { name: "tracks-tempo", path: "library/tracks", act: async (page) => { await page.getByRole("button", { name: "Tempo", exact: true }).click(); await page.getByRole("menuitem", { name: "Other range…" }).click(); await page.waitForTimeout(600); } },
  { name: "search-meaning", path: "search?q=slow%20warm%20piano%20harbour" },
  { name: "search-filters", path: "search?q=slow&bpm_min=80&bpm_max=100&key=8A&rated_min=3&liked=true", state: analysed({ fallback: "nomic-embed-text did not answer" }) },
  { name: "search-names", path: "search?q=low" },
  { name: "search-broken", path: "search?q=slow%20harbour", state: analysed({ broken: true }), act: async (page) => { await page.getByRole("alert").waitFor(); } },
  { name: "analysis", path: "admin/analysis", state: analysed(listening) },
  { name: "analysis-paused", path: "admin/analysis", state: analysed({ status: { ...listening.status, state: "paused", reason: "paused", hours: { from: "23:00", to: "06:00" }, full_done: 40 } }) },
  { name: "analysis-done", path: "admin/analysis", state: analysed({ status: {} }) },
  { name: "keys", path: "library/albums", act: async (page) => { await page.keyboard.press("?"); await page.waitForTimeout(600); } },
  { name: "playback", path: "settings/playback" },
  { name: "equaliser", path: "settings/playback", act: async (page) => {
      await page.getByRole("button", { name: "Open the equaliser" }).click();
      await page.getByRole("combobox", { name: "Preset" }).selectOption("loudness");
      await page.waitForTimeout(400);
    } },
  { name: "equaliser-hand", path: "settings/playback", act: async (page) => {
      await page.getByRole("button", { name: "Open the equaliser" }).click();
      await page.getByRole("slider", { name: "250 Hz" }).focus();
      for (let i = 0; i < 3; i += 1) await page.keyboard.press("PageUp");
      await page.getByRole("switch", { name: "Automatic preamplifier" }).click();
      await page.getByRole("button", { name: "Save as a preset" }).click();
      await page.getByLabel("Name of the preset").fill("My room");
      await page.waitForTimeout(400);
    } },
  { name: "equaliser-import", path: "settings/playback", act: async (page) => {
      await page.getByRole("button", { name: "Open the equaliser" }).click();
      await page.getByRole("button", { name: "Import from AutoEQ" }).click();
      await page.getByLabel("Text").fill("Preamp: -6.1 dB\nFilter 1: ON LSC Fc 105 Hz Gain 5.5 dB Q 0.70\nFilter 2: ON PK Fc 1900 Hz Gain -3.4 dB Q 1.20\nFilter 3: ON PK Fc 5600 Hz Gain 4.1 dB Q 3\n");
      await page.waitForTimeout(600);
    } },
  { name: "pls", path: "playlists" },
  { name: "pls-empty", path: "playlists", state: { empty: true } },
  { name: "pls-folder", path: "playlists?folder=fo3" },
  { name: "pls-menu", path: "playlists", act: async (page) => { await page.getByRole("button", { name: "New", exact: true }).click(); await page.waitForTimeout(500); } },
  { name: "pls-one", path: "playlists/pl0" },
  { name: "pls-edit", path: "playlists/pl0", act: async (page) => { await page.getByRole("button", { name: "Edit playlist" }).click(); await page.waitForTimeout(600); } },
  { name: "pls-share", path: "playlists/pl0", act: async (page) => { await page.getByRole("button", { name: /^More for Rain/ }).click(); await page.getByRole("menuitem", { name: "Share with a link" }).click(); await page.waitForTimeout(700); } },
  { name: "pls-links", path: "playlists", act: async (page) => { await page.getByRole("button", { name: "My links" }).click(); await page.waitForTimeout(700); } },
  { name: "pls-import", path: "playlists", act: async (page) => {
      await page.getByRole("button", { name: "New", exact: true }).click();
      await page.getByRole("menuitem", { name: "Import a file…" }).click();
      await page.locator("input[type=file]").setInputFiles({ name: "Old favourites.m3u", mimeType: "audio/x-mpegurl", buffer: Buffer.from("#EXTM3U\n") });
      await page.getByText("39 of 42").waitFor();
      await page.waitForTimeout(400);
    } },
  { name: "imports", path: "playlists/imports" },
  { name: "imports-none", path: "playlists/imports", state: { empty: true } },
  { name: "import-open", path: "playlists/imports/re1" },
  { name: "import-settled", path: "playlists/imports/re1", act: async (page) => { await page.locator("[data-take]").nth(1).click(); await page.getByText("chosen by you").waitFor(); await page.waitForTimeout(400); } },
  { name: "import-gone", path: "playlists/imports/nothing" },
  { name: "playlist-files", path: "admin/playlist-files" },
  { name: "cues", path: "playlists/pl0", act: async (page) => {
      await page.getByRole("button", { name: /^More for/ }).nth(1).click();
      await page.getByRole("menuitem", { name: "Cues and loops…" }).click();
      await page.getByRole("button", { name: "Play from drop" }).waitFor();
      await page.waitForTimeout(500);
    } },
  { name: "shared", path: "share#good", state: { signedIn: false } },
  { name: "shared-playing", path: "share#good", state: { signedIn: false }, act: async (page) => { await page.getByRole("button", { name: "Play", exact: true }).first().click(); await page.waitForTimeout(700); } },
  { name: "shared-locked", path: "share#locked", state: { signedIn: false } },
  { name: "shared-over", path: "share#over", state: { signedIn: false } },
  { name: "sign-in", path: "", state: { signedIn: false } },
  { name: "sign-up", path: "sign-up", state: { signedIn: false } },
  { name: "setup-account", path: "", state: { signedIn: false, setupRequired: true } },
  { name: "setup-folder", path: "setup", state: { empty: true }, act: async (page) => { await page.getByLabel("Folder").fill("/music"); await page.waitForTimeout(900); } },
  { name: "setup-reading", path: "setup", state: { scanning: true }, act: async (page) => { await page.getByRole("button", { name: "Continue" }).click(); await page.waitForTimeout(1200); } },
  { name: "not-found", path: "nowhere" },
];

const words = process.argv.slice(2);
const chosen = pages.filter((page) => words.length === 0 || words.some((word) => page.name.includes(word)));
mkdirSync(out, { recursive: true });
const browser = await launch();
const bad = [];
for (const size of ["desktop", "phone"]) {
  for (const theme of ["dark", "light"]) {
    for (const look of chosen) {
      state = { ...freshState(), ...look.state };
      const { context, faults } = await openContext(browser, origin, { size, theme });
      // The fake has whole files only.
      await context.addInitScript(() => delete window.MediaSource);
      await context.addInitScript(chooseDrawing, process.env.LOOK_DRAWING ?? "webgl");
      const page = await context.newPage();
      page.setDefaultTimeout(8000);
      try {
        await page.goto(origin + look.path, { waitUntil: "networkidle" });
        await page.waitForTimeout(300);
        await look.act?.(page);
        await page.screenshot({ path: join(out, `${look.name}-${size}-${theme}.png`) });
        bad.push(...(await violations(page)).map((text) => `${look.name} ${size} ${theme}: ${text}`));
        const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
        if (overflow > 0) bad.push(`${look.name} ${size} ${theme}: wider than the window by ${overflow}`);
      } catch (fault) {
        bad.push(`${look.name} ${size} ${theme}: ${fault}`);
      }
      // Sockets are not part of the fake.
      bad.push(...faults.filter((fault) => !/websocket/i.test(fault)).map((text) => `${look.name} ${size} ${theme}: ${text}`));
      await context.close();
    }
  }
}
await browser.close();
server.close();
console.log([...new Set(bad)].join("\n") || `${chosen.length} pages, no fault`);
process.exit(bad.length ? 1 : 0);
