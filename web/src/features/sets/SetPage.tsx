import { i18n } from "@lingui/core";
import { useQuery } from "@tanstack/react-query";
import { getRouteApi, Link } from "@tanstack/react-router";
import { Problem } from "@/shared/api/problem";
import { useOnline, usePageLook } from "@/shared/hooks/scope";
import { useTitle } from "@/shared/hooks/useTitle";
import { EmptyState, ErrorState, Loading, Skeleton, SkeletonRows } from "@/shared/ui/states";
import { setQuery } from "./api";
import { Builder } from "./Builder";
import "./sets.css";

const route = getRouteApi("/inside/app/sets/$setId");

/** One DJ set: its run of tempo, energy and keys, its weak joints, and what to do about them. */
export default function SetPage() {
  const { setId } = route.useParams();
  const { data: set, error, refetch } = useQuery(setQuery(setId));
  const online = useOnline();
  usePageLook({});
  useTitle(set?.name ?? i18n.t("DJ set"));
  if (set) return <Builder key={set.id} set={set} />;
  if (error) {
    const gone = error instanceof Problem && error.status === 404;
    return (
      <>
        <h1 className="sr">{i18n.t("DJ set")}</h1>
        {gone ? (
          <EmptyState
            icon="dj"
            title={i18n.t("This set is not here")}
            action={
              <Link className="btn" to="/sets">
                {i18n.t("All sets")}
              </Link>
            }
          >
            {i18n.t("It may have been deleted. Sets are seen by the one who made them only.")}
          </EmptyState>
        ) : (
          <ErrorState what={online ? i18n.t("The set could not be loaded") : i18n.t("A set needs the server")} error={error} onRetry={() => void refetch()} />
        )}
      </>
    );
  }
  return (
    <div className="set-page">
      <h1 className="sr">{i18n.t("DJ set")}</h1>
      <Loading>
        <Skeleton className="dj-sk-title" />
        <Skeleton className="dj-sk-graph" />
      </Loading>
      <SkeletonRows count={6} />
    </div>
  );
}
