/** A reporter that lists the files in which a test failed, a line each. */
export default async function* failedFiles(events) {
  const files = new Set();
  for await (const { type, data } of events) if (type === "test:fail" && !data.todo && data.file) files.add(data.file);
  yield [...files].map((file) => `${file}\n`).join("");
}
