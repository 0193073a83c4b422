// Runs the browser tests two files at once, because they wait more than they work, and those that record sound alone,
// because a sound card waits for nobody. A file that fails is run up to twice more, alone: browsers on a busy machine are
// late now and then, and a fault that is real fails every time. What needed another run is named.
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const TIMES = 2;
const folder = mkdtempSync(join(tmpdir(), "resonance-e2e-"));
const listed = join(folder, "failed");
const reporter = fileURLToPath(new URL("failed-files.mjs", import.meta.url));

/** Returns the exit code and the files that failed. */
function run(files, atOnce) {
  const reporters = ["--test-reporter=tap", "--test-reporter-destination=stdout", `--test-reporter=${reporter}`, `--test-reporter-destination=${listed}`];
  const { status } = spawnSync(process.execPath, ["--test", `--test-concurrency=${atOnce}`, ...reporters, ...files], { stdio: "inherit" });
  return { code: status ?? 1, failed: readFileSync(listed, "utf8").split("\n").filter(Boolean) };
}

const files = process.argv.slice(2);
const isSound = (file) => file.includes("/sound/");
const runs = [
  [files.filter((file) => !isSound(file)), 2],
  [files.filter(isSound), 1],
].filter(([some]) => some.length > 0);
const results = runs.map(([some, atOnce]) => run(some, atOnce));
let failed = results.flatMap((one) => one.failed);
// A run may also end badly without naming a file.
let code = results.find((one) => one.code !== 0 && one.failed.length === 0)?.code ?? 0;
for (let again = 1; code === 0 && failed.length > 0; again += 1) {
  console.log(`# once more: ${failed.join(" ")}`);
  const next = run(failed, 1);
  if (next.code === 0) console.log(`# passed only when run again: ${failed.join(" ")}`);
  else if (again === TIMES || next.failed.length === 0) code = next.code;
  failed = next.failed;
}
rmSync(folder, { recursive: true, force: true });
process.exitCode = code;
