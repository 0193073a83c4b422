import { i18n } from "@lingui/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { usePages } from "@/shared/hooks/usePages";
import type { Job } from "@/shared/api/types";
import { dateTime, moment } from "@/shared/lib/format";
import { Button } from "@/shared/ui/Button";
import { Chip } from "@/shared/ui/controls";
import { Icon } from "@/shared/ui/Icon";
import { EmptyState, ErrorState, SkeletonRows } from "@/shared/ui/states";
import { admin } from "./api";
import { JobRow } from "./JobRow";
import { timerName } from "./words";

const states = ["running", "queued", "failed", "done", "cancelled"] as const;

function every(seconds: number): string {
  if (seconds % 86_400 === 0) return i18n.t("{n, plural, one {every day} other {every # days}}", { n: seconds / 86_400 });
  if (seconds % 3600 === 0) return i18n.t("{n, plural, one {every hour} other {every # hours}}", { n: seconds / 3600 });
  return i18n.t("{n, plural, one {every minute} other {every # minutes}}", { n: Math.round(seconds / 60) });
}

function Schedule() {
  const { data = [] } = useQuery(admin.schedule());
  if (data.length === 0) return null;
  return (
    <section className="sect" aria-labelledby="adm-timers">
      <header>
        <h2 className="h-20" id="adm-timers">
          {i18n.t("Schedule")}
        </h2>
      </header>
      <ul>
        {data.map((timer) => (
          <li key={timer.name} className="lrow">
            <Icon name="clock" />
            <span className="cut">
              <b>{timerName(timer.name)}</b>
              <small>
                {every(timer.every_s)}
                {timer.last_at && `, ${i18n.t("last {when}", { when: moment(timer.last_at) })}`}
              </small>
            </span>
            <span className="t-2 num">{timer.next_at && dateTime(timer.next_at)}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}

export default function JobsTab() {
  const [state, setState] = useState<(typeof states)[number] | undefined>();
  const { items, error, isPending, refetch, hasNextPage, isFetchingNextPage, more } = usePages<Job, readonly unknown[]>(admin.jobs(state));
  const names: Record<(typeof states)[number], string> = { running: i18n.t("Running"), queued: i18n.t("Waiting"), failed: i18n.t("Failed"), done: i18n.t("Done"), cancelled: i18n.t("Cancelled") };
  return (
    <>
      <section className="sect" aria-label={i18n.t("Jobs")}>
        <div className="chips scroll-x" role="group" aria-label={i18n.t("Filter")}>
          {states.map((one) => (
            <Chip key={one} pressed={state === one} onClick={() => setState(state === one ? undefined : one)}>
              {names[one]}
            </Chip>
          ))}
        </div>
        <div className="adm-list">
          {isPending && <SkeletonRows count={6} />}
          {error && items.length === 0 && <ErrorState what={i18n.t("The jobs could not be loaded")} error={error} onRetry={() => void refetch()} />}
          {!isPending && !error && items.length === 0 && (
            <EmptyState icon="clock" title={i18n.t("No such job")}>
              {state ? i18n.t("No job of the last two weeks is in this state.") : i18n.t("Scans and other long work appear here while they run and two weeks after.")}
            </EmptyState>
          )}
          <ul>
            {items.map((job) => (
              <JobRow key={job.id} job={job} />
            ))}
          </ul>
          {hasNextPage && (
            <Button kind="quiet" busy={isFetchingNextPage && i18n.t("Loading")} onClick={more}>
              {i18n.t("Show older")}
            </Button>
          )}
        </div>
      </section>
      <Schedule />
    </>
  );
}
