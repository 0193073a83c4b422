import { i18n } from "@lingui/core";
import { useQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { useEffect, useRef, useState } from "react";
import { focusSearchBox } from "@/media/searchBox";
import { filterCount, filtersOf, type TrackFilters } from "@/media/trackFilters";
import { queries } from "@/shared/api/queries";
import { useUser } from "@/shared/api/session";
import { usePageLook } from "@/shared/hooks/scope";
import { useTitle } from "@/shared/hooks/useTitle";
import { Button } from "@/shared/ui/Button";
import { Icon } from "@/shared/ui/Icon";
import { EmptyState, ErrorState, SkeletonRows } from "@/shared/ui/states";
import { Fitting } from "./Fitting";
import { loadRecent, rememberSearch } from "./recent";
import { Refine } from "./Refine";
import { Results } from "./Results";
import "./search.css";
import { SearchBox } from "./SearchBox";
import { Start } from "./Start";
import { hitKeys, firstHit } from "./hitKeys";
import { isEmpty, saysMore, useFitting, useSearch } from "./useSearch";

const route = getRouteApi("/inside/app/search");
const restMs = 180;
const keptAfterMs = 2500;
const mostWaitedMs = 600;

/** True once `on` has lasted so long. */
function useLater(on: boolean, ms: number): boolean {
  const [late, setLate] = useState(false);
  useEffect(() => {
    if (!on) return;
    const timer = setTimeout(() => setLate(true), ms);
    return () => (clearTimeout(timer), setLate(false));
  }, [on, ms]);
  return on && late;
}

/** The text at once, the URL and the request once typing rests. */
function useWords() {
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const inUrl = search.q ?? "";
  const [text, setText] = useState(inUrl);
  const sent = useRef(inUrl);
  useEffect(() => {
    // Back, forward, or a link: the address leads.
    if (inUrl === sent.current) return;
    sent.current = inUrl;
    setText(inUrl);
  }, [inUrl]);
  const go = (q: string): void => {
    if (q === sent.current) return;
    sent.current = q;
    void navigate({ search: (before) => ({ ...before, in: undefined, q: q || undefined }), replace: true, resetScroll: false });
  };
  const goRef = useRef(go);
  useEffect(() => {
    goRef.current = go;
  });
  useEffect(() => {
    const timer = setTimeout(() => goRef.current(text.trim()), text.trim() ? restMs : 0);
    return () => clearTimeout(timer);
  }, [text]);
  return { text, setText, q: inUrl, only: search.in, filters: filtersOf(search), navigate };
}

export default function SearchPage() {
  const { text, setText, q, only, filters, navigate } = useWords();
  const user = useUser();
  const group = only === "fitting" ? undefined : only;
  const names = useSearch(q, group !== undefined);
  const fitting = useFitting(q, filters, only === "fitting");
  const { data: scans } = useQuery({ ...queries.currentScans(), retry: false });
  const filtered = filterCount(filters) > 0;
  const asked = q !== "" || filtered;
  // Both answers come on at the same time, so that nothing is pushed down by the later one; a slow one is not waited for.
  const slow = useLater(fitting.isFetching, mostWaitedMs);
  const settled = !fitting.isFetching || fitting.data !== undefined || slow;
  const found = q && settled ? names.data : undefined;
  const answer = asked ? fitting.data : undefined;
  const fits = asked && (saysMore(answer, filters) || (!answer && settled && q.includes(" ")));
  const box = useRef<HTMLDivElement>(null);
  const late = (q !== "" && names.isPlaceholderData) || (asked && fitting.isPlaceholderData && !slow) || text.trim() !== q;
  usePageLook({});
  useTitle(q ? i18n.t("{words}, search", { words: q }) : i18n.t("Search"));
  useEffect(() => loadRecent(user.id), [user.id]);

  // Words that stayed and found something count as a search, even if nothing was opened.
  const good = found !== undefined && !late && (!isEmpty(found) || (fits && (answer?.items.length ?? 0) > 0));
  useEffect(() => {
    if (!q || !good) return;
    const timer = setTimeout(() => rememberSearch(q), keptAfterMs);
    return () => clearTimeout(timer);
  }, [q, good]);

  const use = (): void => rememberSearch(q);
  const openTop = (): void => {
    const top = box.current?.querySelector<HTMLElement>("[data-top][data-hit]") ?? firstHit(box.current);
    if (!late && top) top.click();
  };
  // What is filtered are tracks; names know no filters.
  const shown = found && filtered ? { ...found, top: null, tracks: [] } : found;
  const total = (shown ? shown.tracks.length + shown.albums.length + shown.artists.length + shown.playlists.length + shown.genres.length : 0) + (fits ? (answer?.total ?? answer?.items.length ?? 0) : 0);
  const setFilters = (change: TrackFilters): void => void navigate({ search: (before) => ({ ...before, ...change }), replace: true, resetScroll: false });
  const open = (group: typeof only): void => void navigate({ search: (before) => ({ ...before, in: group }) });
  const reading = scans?.some((scan) => !scan.finished_at);

  return (
    <div onKeyDownCapture={(event) => hitKeys(event, box.current, focusSearchBox)}>
      <h1 className="sr">{i18n.t("Search")}</h1>
      <SearchBox text={text} onChange={setText} onDown={() => firstHit(box.current)?.focus()} onEnter={openTop} />
      <p className="sr" role="status">
        {asked && !late && (found || answer) && i18n.t("{total, plural, =0 {Nothing found} one {# result} other {# results}}", { total })}
      </p>
      {reading && (
        <p className="t-12 t-3 search-note">{i18n.t("Your music is still being read; more may be found in a moment.")}</p>
      )}
      {asked && <Refine q={q} understood={answer?.understood ?? []} filters={filters} onWords={setText} onFilters={setFilters} />}
      <div ref={box} className="search-body" data-late={(late && (found ?? answer) !== undefined) || undefined} aria-busy={late || undefined}>
        {!asked && !text.trim() && <Start onPick={setText} />}
        {asked && only && (
          <Button kind="quiet" size="s" className="search-back" onClick={() => open(undefined)}>
            <Icon name="chev-left" size="s" />
            {i18n.t("All results")}
          </Button>
        )}
        {q && names.error && !names.data && <ErrorState what={i18n.t("The search failed")} error={names.error} onRetry={() => void names.refetch()} />}
        {!found && !names.error && text.trim() && !(fits && answer) && (
          <div className="search-wait">
            <SkeletonRows count={8} />
          </div>
        )}
        {fits && !group && (
          <Fitting
            q={q}
            answer={answer}
            error={fitting.error}
            onRetry={() => void fitting.refetch()}
            onAll={!only && answer?.next != null && (() => open("fitting"))}
            onUse={use}
          />
        )}
        {shown && only !== "fitting" && !isEmpty(shown) && <Results found={shown} only={group} onOnly={open} onUse={use} />}
        {shown && isEmpty(shown) && !fits && <Nothing q={q} onClear={() => (setText(""), focusSearchBox())} />}
      </div>
    </div>
  );
}

function Nothing({ q, onClear }: { q: string; onClear: () => void }) {
  return (
    <EmptyState icon="search" title={i18n.t("Nothing is called “{words}”", { words: q })} action={<Button onClick={onClear}>{i18n.t("Search for something else")}</Button>}>
      {i18n.t("Names of tracks, albums, artists, playlists and genres are searched, and words for how music sounds: slow, warm, piano. Fewer letters find more.")}
    </EmptyState>
  );
}
