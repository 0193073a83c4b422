// Weighs the build: what the first page needs, every lazy chunk of JavaScript and CSS, and fonts, in gzip kilobytes (1 KB = 1000 bytes).
import { readFileSync, readdirSync } from "node:fs";
import { gzipSync } from "node:zlib";

const out = new URL("../../src/resonance/webapp/", import.meta.url);
const limits = { initial: 190, chunk: 60, css: 12, cssChunk: 4, fonts: 60 };
const manifest = JSON.parse(readFileSync(new URL(".vite/manifest.json", out), "utf8"));
const kb = (file) => gzipSync(readFileSync(new URL(file, out)), { level: 9 }).length / 1000;
const entries = Object.values(manifest);

const initial = new Set();
const initialChunks = new Set();
const walk = (chunk) => {
  if (initial.has(chunk.file)) return;
  initial.add(chunk.file);
  initialChunks.add(chunk);
  for (const name of chunk.imports ?? []) walk(manifest[name]);
};
entries.filter((chunk) => chunk.isEntry).forEach(walk);
const initialKb = [...initial].filter((file) => file.endsWith(".js")).reduce((sum, file) => sum + kb(file), 0);

const assets = readdirSync(new URL("assets/", out)).map((name) => `assets/${name}`);
const lazy = assets.filter((file) => file.endsWith(".js") && !initial.has(file)).map((file) => [file, kb(file)]);
const firstCss = new Set([...initialChunks].flatMap((chunk) => chunk.css ?? []));
const cssKb = [...firstCss].reduce((sum, file) => sum + kb(file), 0);
const lazyCss = assets.filter((file) => file.endsWith(".css") && !firstCss.has(file)).map((file) => [file, kb(file)]);
const fontKb = assets.filter((file) => file.endsWith(".woff2")).reduce((sum, file) => sum + readFileSync(new URL(file, out)).length / 1000, 0);

const faults = [];
const check = (what, value, limit) => {
  console.log(`${what.padEnd(44)} ${value.toFixed(1).padStart(6)} KB of ${limit}`);
  if (value > limit) faults.push(what);
};
check("initial JavaScript", initialKb, limits.initial);
for (const [file, size] of lazy.sort((a, b) => b[1] - a[1]).slice(0, 5)) check(file, size, limits.chunk);
check("initial CSS", cssKb, limits.css);
for (const [file, size] of lazyCss.sort((a, b) => b[1] - a[1]).slice(0, 3)) check(file, size, limits.cssChunk);
check("fonts", fontKb, limits.fonts);
if (faults.length) {
  console.error(`Too heavy: ${faults.join(", ")}`);
  process.exit(1);
}
