import { i18n } from "@lingui/core";
import type { ImportReport } from "@/shared/api/types";
import { Switch } from "@/shared/ui/controls";

const shownAtMost = 100;
type Conflict = ImportReport["conflicts"][number];

const whatWords = (what: Conflict["what"]): string => (what === "rating" ? i18n.t("Rating") : what === "grid" ? i18n.t("Beat grid") : i18n.t("Cue"));

/** What a DJ library brings besides playlists. Where it contradicts what is here, nothing is overwritten unless somebody says so. */
export function ImportMarks({ report, instead, onInstead }: { report: ImportReport; instead: boolean; onInstead: ((on: boolean) => void) | null }) {
  const { cues, ratings, conflicts } = report;
  const facts = [
    cues.added > 0 && i18n.t("{n, plural, one {# new cue} other {# new cues}}", { n: cues.added }),
    cues.same > 0 && i18n.t("{n, plural, one {# cue is here already} other {# cues are here already}}", { n: cues.same }),
    cues.dropped > 0 && i18n.t("{n, plural, one {# cue cannot be kept} other {# cues cannot be kept}}", { n: cues.dropped }),
    ratings.added > 0 && i18n.t("{n, plural, one {# new rating} other {# new ratings}}", { n: ratings.added }),
    ratings.same > 0 && i18n.t("{n, plural, one {# rating is the same} other {# ratings are the same}}", { n: ratings.same }),
  ].filter(Boolean);
  const differ = cues.conflicts + ratings.conflicts;
  if (facts.length === 0 && differ === 0) return null;
  return (
    <section className="pls-report" aria-label={i18n.t("Cues and ratings")}>
      {facts.length > 0 && <p className="t-2 num">{facts.join(", ")}</p>}
      {differ > 0 && (
        <>
          <p className="w5">{i18n.t("{n, plural, one {# differs from yours} other {# differ from yours}}", { n: differ })}</p>
          {onInstead && <Switch label={i18n.t("Take the file’s cues and ratings")} note={i18n.t("Off: yours stay, and only what is new is added.")} checked={instead} onChange={onInstead} />}
          {/* A scrolling part must be reachable by keys. */}
          {/* eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
          <ol className="pls-missing" tabIndex={0} aria-label={i18n.t("What differs")}>
            {conflicts.slice(0, shownAtMost).map((one, index) => (
              <li key={index}>
                <span className="t-3">{whatWords(one.what)}</span>
                <span className="cut">
                  <span className="cut">{[one.artist, one.title].filter(Boolean).join(" – ")}</span>
                  <small className="t-3">{i18n.t("yours {here}, the file’s {there}", { here: one.here, there: one.there })}</small>
                </span>
              </li>
            ))}
          </ol>
          {differ > shownAtMost && <p className="t-3">{i18n.t("and {count} more", { count: differ - shownAtMost })}</p>}
        </>
      )}
    </section>
  );
}
