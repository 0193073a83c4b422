// Runs the browser tests two files at once: they wait more than they work. A file that fails is run once more,
// alone: browsers on a busy machine are late now and then, and a fault that is real fails twice. What needed its
// second run is named.
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const folder = mkdtempSync(join(tmpdir(), "resonance-e2e-"));
const listed = join(folder, "failed");
const reporter = fileURLToPath(new URL("failed-files.mjs", import.meta.url));

/** Returns the exit code and the files that failed. */
function run(files, atOnce) {
  const reporters = ["--test-reporter=tap", "--test-reporter-destination=stdout", `--test-reporter=${reporter}`, `--test-reporter-destination=${listed}`];
  const { status } = spawnSync(process.execPath, ["--test", `--test-concurrency=${atOnce}`, ...reporters, ...files], { stdio: "inherit" });
  return { code: status ?? 1, failed: readFileSync(listed, "utf8").split("\n").filter(Boolean) };
}

const first = run(process.argv.slice(2), 2);
let code = first.code;
if (code !== 0 && first.failed.length > 0) {
  console.log(`# once more: ${first.failed.join(" ")}`);
  code = run(first.failed, 1).code;
  if (code === 0) console.log(`# passed the second time only: ${first.failed.join(" ")}`);
}
rmSync(folder, { recursive: true, force: true });
process.exitCode = code;
