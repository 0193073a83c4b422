import { i18n } from "@lingui/core";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { Mosaic } from "@/media/Mosaic";
import type { SetItem } from "@/shared/api/djSets";
import { useOnline, usePageLook } from "@/shared/hooks/scope";
import { useTitle } from "@/shared/hooks/useTitle";
import { relativeDay, span, trackCount } from "@/shared/lib/format";
import { gradeOf } from "@/shared/lib/joints";
import { Button } from "@/shared/ui/Button";
import { EmptyState, ErrorState, SkeletonRows } from "@/shared/ui/states";
import { setsQuery } from "./api";
import { useUser } from "@/shared/api/session";
import { openNewSet } from "./requests";
import "./sets-list.css";

/** All sets of this person. */
export default function SetsPage() {
  const { data, error, isPending, refetch } = useQuery(setsQuery());
  const online = useOnline();
  usePageLook({});
  useTitle(i18n.t("DJ sets"));
  // Guests keep nothing.
  const mayWrite = useUser().role !== "guest";
  const make = (): void => openNewSet();
  return (
    <>
      <header className="row between">
        <h1 className="h-28">{i18n.t("DJ sets")}</h1>
        {data && mayWrite && (
          <Button kind={data.length === 0 ? "plain" : "primary"} icon="plus" onClick={make}>
            {i18n.t("New set")}
          </Button>
        )}
      </header>
      {isPending && <SkeletonRows count={6} />}
      {error && !data && <ErrorState what={online ? i18n.t("The sets could not be loaded") : i18n.t("Sets need the server")} error={error} onRetry={() => void refetch()} />}
      {data?.length === 0 && (
        <EmptyState
          icon="dj"
          title={i18n.t("No set yet")}
          action={
            mayWrite && (
              <Button kind="primary" icon="plus" onClick={make}>
                {i18n.t("New set")}
              </Button>
            )
          }
        >
          {!mayWrite ? i18n.t("Guests keep no sets.") : i18n.t("Give it a pool, a length and a curve: it chooses tracks whose tempos and keys go together, shows every joint, and lets you hear it.")}
        </EmptyState>
      )}
      {data && data.length > 0 && (
        <ul className="sets">
          {data.map((set) => (
            <li key={set.id}>
              <Row set={set} />
            </li>
          ))}
        </ul>
      )}
    </>
  );
}

function Row({ set }: { set: SetItem }) {
  const facts = [trackCount(set.track_count), set.duration_s > 0 && span(set.duration_s), set.weak > 0 && i18n.t("{n} weak", { n: set.weak })].filter((fact) => fact !== false);
  return (
    <Link to="/sets/$setId" params={{ setId: set.id }} className="set-row">
      <span className="set-art">
        <Mosaic coverIds={set.cover_ids} seed={set.id} size={320} />
      </span>
      <span className="cut">
        <b className="cut">{set.name}</b>
        <small className="cut num">{facts.join(" · ")}</small>
      </span>
      <small className="t-3 set-when">{relativeDay(set.changed_at)}</small>
      {set.average_score !== null && (
        <span className="num w6 set-score" data-grade={gradeOf(set.average_score)}>
          <span className="sr">{i18n.t("average joint")} </span>
          {set.average_score}
        </span>
      )}
    </Link>
  );
}
