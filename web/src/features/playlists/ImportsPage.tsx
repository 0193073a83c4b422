import { i18n } from "@lingui/core";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import type { ImportItem } from "@/shared/api/types";
import { usePageLook } from "@/shared/hooks/scope";
import { useTitle } from "@/shared/hooks/useTitle";
import { count, moment } from "@/shared/lib/format";
import { Button } from "@/shared/ui/Button";
import { Icon } from "@/shared/ui/Icon";
import { EmptyState, ErrorState, SkeletonRows } from "@/shared/ui/states";
import { ImportDialog } from "./ImportDialog";
import { formatWords, importsQuery } from "./imports";
import "./imports.css";
import "./playlists.css";
import { mayWrite } from "./register";

/** Past imports of one's own, the newest first, each with what is missing. */
export default function ImportsPage() {
  const { data, error, isPending, refetch } = useQuery(importsQuery());
  const [bringing, setBringing] = useState(false);
  usePageLook({});
  useTitle(i18n.t("Imports"));
  const bring = mayWrite() && (
    <Button icon="download" onClick={() => setBringing(true)}>
      {i18n.t("Import a file")}
    </Button>
  );
  return (
    <>
      <nav aria-label={i18n.t("Pages above")} className="imp-way">
        <Link to="/playlists">{i18n.t("Playlists")}</Link>
      </nav>
      <header className="imp-head">
        <h1 className="h-28">{i18n.t("Imports")}</h1>
        {data && data.length > 0 && bring}
      </header>
      {isPending && <SkeletonRows count={6} />}
      {error && !data && <ErrorState what={i18n.t("The imports could not be loaded")} error={error} onRetry={() => void refetch()} />}
      {data?.length === 0 && (
        <EmptyState icon="download" title={i18n.t("Nothing imported yet")} action={bring}>
          {i18n.t("Playlists of other players and DJ software come in as files. What could not be found is listed here, and can be settled.")}
        </EmptyState>
      )}
      {data && data.length > 0 && (
        <ul className="imp-past">
          {data.map((one) => (
            <li key={one.id}>
              <Past one={one} />
            </li>
          ))}
        </ul>
      )}
      {bringing && <ImportDialog onClose={() => setBringing(false)} />}
    </>
  );
}

function Past({ one }: { one: ImportItem }) {
  const missing = one.entries - one.matched;
  return (
    <Link to="/playlists/imports/$importId" params={{ importId: one.id }} className="imp-row" data-missing={missing > 0 || undefined}>
      <Icon name={missing > 0 ? "warn" : "check"} />
      <span className="cut">
        <b className="cut">{one.name || i18n.t("Without a name")}</b>
        <small>
          {formatWords(one.format)}, {moment(one.made_at)}
        </small>
      </span>
      <span className="num imp-share">
        {i18n.t("{matched} of {entries}", { matched: count(one.matched), entries: count(one.entries) })}
        <small>{missing > 0 ? i18n.t("{n, plural, one {# without a track} other {# without a track}}", { n: missing }) : i18n.t("all found")}</small>
      </span>
      <Icon name="chev-right" />
    </Link>
  );
}
