import { i18n } from "@lingui/core";
import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { api } from "@/shared/api/client";
import type { Job } from "@/shared/api/types";
import { moment } from "@/shared/lib/format";
import { Button } from "@/shared/ui/Button";
import { Icon } from "@/shared/ui/Icon";
import { toast } from "@/shared/ui/toast";
import { problemText } from "./api";
import { Progress } from "./Progress";
import { jobName, took } from "./words";

function line(job: Job): string {
  const tries = job.attempts > 1 || (job.state === "queued" && job.attempts > 0) ? i18n.t("try {n} of {most}", { n: job.attempts, most: job.max_attempts }) : null;
  const state = job.state === "queued" ? (job.error ? i18n.t("Failed, will be tried again") : i18n.t("Waits for its turn")) : null;
  const time = job.finished_at ? took(job.started_at, job.finished_at) : null;
  return [state, job.progress_text, tries, time].filter(Boolean).join(", ");
}

export function JobRow({ job }: { job: Job }) {
  const client = useQueryClient();
  const [open, setOpen] = useState(false);
  const name = jobName(job);
  const act = async (verb: "cancel" | "retry"): Promise<void> => {
    try {
      await api.post(`jobs/${job.id}/${verb}`);
    } catch (error) {
      toast({ text: problemText(error) });
    }
    await client.invalidateQueries({ queryKey: ["jobs"] });
  };
  const live = job.state === "running" || job.state === "queued";
  return (
    <li className="job-item">
      <div className="job">
        <span className="cut">
          <b className="cut">{name}</b>
          <small className="cut num">{line(job) || moment(job.created_at)}</small>
        </span>
        {live ? (
          <Progress label={name} value={job.state === "queued" ? 0 : job.progress} {...(job.error ? { kind: "warning" as const } : {})} />
        ) : (
          <span className="done" data-kind={job.state}>
            <Icon name={job.state === "done" ? "check" : job.state === "failed" ? "warn" : "close"} size="s" />
            {job.state === "done" ? i18n.t("Done") : job.state === "failed" ? i18n.t("Failed") : i18n.t("Cancelled")}
          </span>
        )}
        <span className="t-2 num job-end">{job.finished_at ? moment(job.finished_at) : job.started_at ? i18n.t("started {when}", { when: moment(job.started_at) }) : ""}</span>
        <span className="job-act">
          {job.error && (
            <Button kind="quiet" size="s" aria-expanded={open} onClick={() => setOpen(!open)}>
              {i18n.t("Error")}
              <span className="sr"> {name}</span>
            </Button>
          )}
          {live && (
            <Button kind="quiet" size="s" onClick={() => void act("cancel")}>
              {i18n.t("Cancel")}
              <span className="sr"> {name}</span>
            </Button>
          )}
          {(job.state === "failed" || job.state === "cancelled") && (
            <Button kind="quiet" size="s" onClick={() => void act("retry")}>
              {i18n.t("Try again")}
              <span className="sr"> {name}</span>
            </Button>
          )}
        </span>
      </div>
      {open && job.error && <pre className="job-error">{job.error}</pre>}
    </li>
  );
}
