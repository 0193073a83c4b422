import { i18n } from "@lingui/core";
import { apiUrl } from "@/shared/api/client";
import type { ImportLine, ImportReport } from "@/shared/api/types";
import { howWords, reasonWords } from "./imports";

const shownAtMost = 200;

function Missing({ line }: { line: ImportLine }) {
  const named = [line.artist, line.title].filter(Boolean).join(" – ");
  return (
    <li>
      <span className="num t-3">{line.number}</span>
      <span className="cut">
        <span className="cut" data-tip={line.path || named} data-tip-cut>
          {named || line.path}
        </span>
        <small className="t-3">{reasonWords(line.reason)}</small>
      </span>
    </li>
  );
}

/** How many entries were found, how, and every one that was not, with its reason. */
export function ReportView({ report }: { report: ImportReport }) {
  const found = report.playlists.flatMap((list) => list.matched);
  const counts = new Map<string, number>();
  for (const line of found) counts.set(line.how, (counts.get(line.how) ?? 0) + 1);
  const entries = report.playlists.reduce((sum, list) => sum + list.entries, 0);
  return (
    <section className="pls-report" aria-label={i18n.t("What was found")}>
      <p className="w5">{i18n.t("{found} of {entries, plural, one {# entry} other {# entries}} found", { found: found.length, entries })}</p>
      {counts.size > 0 && <p className="t-2 num">{[...counts].map(([how, count]) => `${count} ${howWords(how)}`).join(", ")}</p>}
      {report.playlists.map((list, index) => (
        <div key={index}>
          {report.playlists.length > 1 && <h3 className="label">{list.name}</h3>}
          {list.missing.length > 0 && (
            // A scrolling part must be reachable by keys.
            // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex
            <ol className="pls-missing" tabIndex={0} aria-label={i18n.t("Not found in {name}", { name: list.name })}>
              {list.missing.slice(0, shownAtMost).map((line) => (
                <Missing key={line.number} line={line} />
              ))}
            </ol>
          )}
          {list.missing.length > shownAtMost && <p className="t-3">{i18n.t("and {count} more in the table", { count: list.missing.length - shownAtMost })}</p>}
        </div>
      ))}
      {report.report_id && (
        <a className="btn" data-size="s" href={apiUrl(`imports/${report.report_id}/file`)} download>
          {i18n.t("Download the report")}
        </a>
      )}
    </section>
  );
}
