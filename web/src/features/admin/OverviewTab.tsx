import { i18n } from "@lingui/core";
import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { queries } from "@/shared/api/queries";
import type { Job } from "@/shared/api/types";
import { count, moment } from "@/shared/lib/format";
import { Icon } from "@/shared/ui/Icon";
import { EmptyState, ErrorState, SkeletonRows } from "@/shared/ui/states";
import { admin } from "./api";
import { JobRow } from "./JobRow";
import { ScanProgress } from "./ScanProgress";
import { brokenReason, scanCounts, took } from "./words";

const shownJobs = 5;
const shownBroken = 4;

/** What runs or went wrong stands above what is done. */
const urgent = (job: Job): boolean => job.state !== "done" && job.state !== "cancelled";

function Stat({ label, value, note, kind }: { label: string; value: ReactNode; note: string; kind?: "danger" | undefined }) {
  return (
    <div className="stat">
      <dt className="label">{label}</dt>
      <dd>
        <b data-kind={kind}>{value}</b>
        <p className="t-12 t-3 num">{note}</p>
      </dd>
    </div>
  );
}

/** Is anything wrong; what runs; what to do about broken files. */
export default function OverviewTab() {
  const libraries = useQuery(queries.libraries());
  const { data: running = [] } = useQuery(admin.running());
  const jobs = useQuery(admin.recentJobs());
  const broken = useInfiniteQuery(admin.broken());
  const missing = useInfiniteQuery(admin.missing());
  if (libraries.isPending || jobs.isPending) return <SkeletonRows count={8} />;
  const failed = libraries.error ?? jobs.error;
  if (failed) return <ErrorState what={i18n.t("The overview could not be loaded")} error={failed} onRetry={() => (void libraries.refetch(), void jobs.refetch())} />;

  const all = libraries.data ?? [];
  const scans = all.flatMap((one) => (one.last_scan ? [one.last_scan] : [])).sort((a, b) => (b.started_at ?? "").localeCompare(a.started_at ?? ""));
  const [last] = scans;
  const bad = scans.find((scan) => scan.state === "failed");
  const list = jobs.data ?? [];
  const live = list.filter((job) => job.state === "running").length;
  const waiting = list.filter((job) => job.state === "queued").length;
  const gone = list.filter((job) => job.state === "failed").length;
  const files = broken.data?.pages.flatMap((page) => page.items) ?? [];
  const many = (pages: { items: unknown[]; next: string | null }[] | undefined): string => {
    const n = pages?.reduce((sum, page) => sum + page.items.length, 0) ?? 0;
    return pages?.at(-1)?.next ? i18n.t("{n}+", { n: count(n) }) : count(n);
  };
  const lost = missing.data?.pages[0]?.items.length ?? 0;
  const unwatched = all.filter((one) => one.watch && one.watch_problem);
  return (
    <>
      <dl className="stats">
        <Stat
          label={i18n.t("Last scan")}
          value={running.length > 0 ? i18n.t("Running") : bad ? i18n.t("Failed") : last ? (last.broken > 0 ? i18n.t("Done") : i18n.t("Clean")) : i18n.t("None yet")}
          kind={bad && running.length === 0 ? "danger" : undefined}
          note={bad?.error ?? (last?.finished_at ? [moment(last.finished_at), took(last.started_at, last.finished_at), scanCounts(last)].filter(Boolean).join(", ") : i18n.t("Nothing was read so far"))}
        />
        <Stat
          label={i18n.t("Jobs")}
          value={live > 0 ? i18n.t("{n} running", { n: count(live) }) : i18n.t("At rest")}
          note={[waiting > 0 && i18n.t("{n, plural, one {# waits} other {# wait}}", { n: waiting }), gone > 0 && i18n.t("{n} failed", { n: count(gone) })].filter(Boolean).join(", ") || i18n.t("None waits, none failed")}
        />
        <Stat label={i18n.t("Music")} value={count(all.reduce((sum, one) => sum + one.tracks, 0))} note={i18n.t("tracks in {n, plural, one {# library} other {# libraries}}", { n: all.length })} />
        <Stat
          label={i18n.t("Needs a look")}
          value={files.length + lost === 0 ? i18n.t("Nothing") : many(broken.data?.pages)}
          note={files.length + lost === 0 ? i18n.t("No broken files, no missing tracks") : i18n.t("broken files; {n} missing tracks", { n: many(missing.data?.pages) })}
        />
      </dl>
      {unwatched.map((one) => (
        <p key={one.id} className="note adm-note">
          <Icon name="warn" />
          {i18n.t("{name} is not watched: {reason}", { name: one.name, reason: one.watch_problem })}
        </p>
      ))}
      <section className="sect" aria-labelledby="adm-jobs">
        <header>
          <h2 className="h-20" id="adm-jobs">
            {i18n.t("Jobs")}
          </h2>
          <Link to="/admin/jobs">{i18n.t("All jobs")}</Link>
        </header>
        <ul>
          {running.map((scan) => (
            <ScanProgress key={scan.id} scan={scan} library={all.find((one) => one.id === scan.library_id)} />
          ))}
          {list
            .filter((job) => !(job.name === "scan" && job.state === "running" && running.length > 0))
            .sort((a, b) => Number(urgent(b)) - Number(urgent(a)))
            .slice(0, shownJobs)
            .map((job) => (
              <JobRow key={job.id} job={job} />
            ))}
        </ul>
        {list.length === 0 && running.length === 0 && <p className="t-3">{i18n.t("Nothing runs, and nothing ran lately.")}</p>}
      </section>
      <section className="sect" aria-labelledby="adm-broken">
        <header>
          <h2 className="h-20" id="adm-broken">
            {files.length === 0 ? i18n.t("Broken files") : i18n.t("{n, plural, one {# file needs a look} other {# files need a look}}", { n: files.length })}
          </h2>
          {files.length > 0 && <Link to="/admin/broken">{i18n.t("All broken files")}</Link>}
        </header>
        {broken.error && <ErrorState what={i18n.t("The broken files could not be loaded")} error={broken.error} onRetry={() => void broken.refetch()} />}
        {broken.data && files.length === 0 && <p className="t-3">{i18n.t("Every file could be read.")}</p>}
        <ul>
          {files.slice(0, shownBroken).map((file) => (
            <li key={`${file.library_id}/${file.path}`} className="lrow bad">
              <Icon name="warn" />
              <span className="cut">
                <b className="cut" data-tip={file.path} data-tip-cut>
                  {file.path}
                </b>
                <small className="cut">{file.detail}</small>
              </span>
              <span className="t-2 only-d">{brokenReason(file.reason).title}</span>
            </li>
          ))}
        </ul>
      </section>
      {all.length === 0 && (
        <EmptyState
          icon="folder"
          title={i18n.t("No library yet")}
          action={
            <Link className="btn" to="/admin/libraries">
              {i18n.t("Add a folder")}
            </Link>
          }
        >
          {i18n.t("A library is a folder with music on the server.")}
        </EmptyState>
      )}
    </>
  );
}
