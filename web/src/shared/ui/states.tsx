import { i18n } from "@lingui/core";
import type { ReactNode } from "react";
import { Problem } from "@/shared/api/problem";
import { retries } from "@/shared/api/queryClient";
import { useDelayed } from "@/shared/hooks/useDelayed";
import { Button } from "./Button";
import { Icon, type IconName } from "./Icon";
import { toast } from "./toast";

interface EmptyProps {
  icon: IconName;
  title: string;
  children: ReactNode;
  action?: ReactNode;
}
/** Teaches what will be here: one heading, one sentence, one action. */
export function EmptyState({ icon, title, children, action }: EmptyProps) {
  return (
    <div className="state">
      <Icon name={icon} />
      <h2 className="h-16">{title}</h2>
      <p>{children}</p>
      {action}
    </div>
  );
}

interface ErrorProps {
  /** What failed, in words: "The albums could not be loaded." */
  what: string;
  error: unknown;
  onRetry?: () => void;
}
export function ErrorState({ what, error, onRetry }: ErrorProps) {
  const problem = error instanceof Problem ? error : null;
  const tried = problem && (problem.offline || problem.status >= 500) ? retries + 1 : 1;
  const reason = problem?.offline ? i18n.t("The server does not answer.") : (problem?.message ?? String(error));
  const details = problem ? `${problem.status} ${problem.code}${problem.requestId ? ` · ${problem.requestId}` : ""}` : String(error);
  const copy = (): void => {
    void navigator.clipboard?.writeText(details).then(() => toast({ text: i18n.t("Details copied.") }));
  };
  return (
    <div className="state" role="alert">
      <Icon name={problem?.offline ? "offline" : "warn"} />
      <h2 className="h-16">{what}</h2>
      <p>
        {reason} {tried > 1 && i18n.t("Tried {tried} times.", { tried })}
      </p>
      {onRetry && (
        <Button icon="refresh" onClick={onRetry}>
          {i18n.t("Try again")}
        </Button>
      )}
      <details className="state-details">
        <summary>{i18n.t("Details")}</summary>
        <code>{details}</code>
        <Button kind="quiet" size="s" onClick={copy}>
          {i18n.t("Copy")}
        </Button>
      </details>
    </div>
  );
}

/** Shown only once waiting is felt; the box keeps its size from the first moment. */
export function Skeleton({ className }: { className?: string }) {
  const late = useDelayed(true);
  return <div aria-hidden="true" className={`${late ? "skeleton" : "skeleton-wait"}${className ? ` ${className}` : ""}`} />;
}

export function Loading({ children }: { children: ReactNode }) {
  return (
    <div aria-busy="true">
      <span className="sr" role="status">
        {i18n.t("Loading")}
      </span>
      {children}
    </div>
  );
}

export function SkeletonCovers({ count = 10 }: { count?: number }) {
  return (
    <Loading>
      <div className="grid">
        {Array.from({ length: count }, (_, index) => (
          <div key={index}>
            <Skeleton className="sk-art" />
            <Skeleton className="sk-line" />
            <Skeleton className="sk-line sk-short" />
          </div>
        ))}
      </div>
    </Loading>
  );
}

export function SkeletonRows({ count = 10 }: { count?: number }) {
  return (
    <Loading>
      {Array.from({ length: count }, (_, index) => (
        <div key={index} className="sk-row">
          <Skeleton className="sk-thumb" />
          <span className="grow">
            <Skeleton className="sk-line" />
            <Skeleton className="sk-line sk-short" />
          </span>
        </div>
      ))}
    </Loading>
  );
}
