// Keeps addresses out of the lock: it holds names, versions and hashes, so that it is good for every registry. --check only looks.
import { readFileSync, writeFileSync } from "node:fs";

const path = new URL("../package-lock.json", import.meta.url);
const before = readFileSync(path, "utf8");
const lock = JSON.parse(before);
for (const one of Object.values(lock.packages)) {
  delete one.resolved;
  delete one.funding;
}
const after = `${JSON.stringify(lock, null, 2)}\n`;
if (after.includes("://")) throw new Error("package-lock.json still holds an address");
if (process.argv.includes("--check")) {
  if (after !== before) {
    console.error("web/package-lock.json holds addresses; run `npm run lock`");
    process.exit(1);
  }
} else writeFileSync(path, after);
