// Makes src/shared/api/schema.d.ts from the server's OpenAPI document; with --check it only says whether the file is behind.
import { execFileSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import openapiTS, { astToString } from "openapi-typescript";

const target = new URL("../src/shared/api/schema.d.ts", import.meta.url);
const server = fileURLToPath(new URL("../../.venv/bin/resonance", import.meta.url));
const header = "/* Generated from the server's OpenAPI document by `npm run api:types`. Do not edit. */\n";

if (!existsSync(server)) {
  console.error(`${server} is missing: run \`make setup\` first.`);
  process.exit(2);
}
/** Only what a type can hold: words and the answers of failed requests change without breaking anybody. */
function bare(node) {
  if (Array.isArray(node)) return node.map(bare);
  if (node === null || typeof node !== "object") return node;
  const kept = Object.entries(node).filter(([key, value]) => !(["title", "description", "summary"].includes(key) && typeof value === "string") && !/^[45]\d\d$/.test(key));
  return Object.fromEntries(kept.map(([key, value]) => [key, bare(value)]));
}

const folder = mkdtempSync(join(tmpdir(), "resonance-openapi-"));
let made;
try {
  const file = join(folder, "openapi.json");
  execFileSync(server, ["export-openapi", file], { stdio: ["ignore", "ignore", "pipe"] });
  const document = JSON.parse(readFileSync(file, "utf8"));
  // Sound, metrics and GraphQL are no JSON of this API.
  document.paths = Object.fromEntries(Object.entries(document.paths).filter(([path]) => path.startsWith("/api/v1/")));
  made = header + astToString(await openapiTS(bare(document), { alphabetize: true }));
} finally {
  rmSync(folder, { recursive: true, force: true });
}

if (!process.argv.includes("--check")) writeFileSync(target, made);
else if (!existsSync(target) || readFileSync(target, "utf8") !== made) {
  console.error("src/shared/api/schema.d.ts is behind the server: run `npm run api:types` and mend what no longer fits.");
  process.exit(1);
}
