import { i18n } from "@lingui/core";
import { useQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { useEffect, useRef, useState } from "react";
import { focusSearchBox } from "@/media/searchBox";
import { queries } from "@/shared/api/queries";
import { useUser } from "@/shared/api/session";
import { usePageLook } from "@/shared/hooks/scope";
import { useTitle } from "@/shared/hooks/useTitle";
import { Button } from "@/shared/ui/Button";
import { Icon } from "@/shared/ui/Icon";
import { EmptyState, ErrorState, SkeletonRows } from "@/shared/ui/states";
import { loadRecent, rememberSearch } from "./recent";
import { Results } from "./Results";
import "./search.css";
import { SearchBox } from "./SearchBox";
import { Start } from "./Start";
import { hitKeys, firstHit } from "./hitKeys";
import { isEmpty, useSearch } from "./useSearch";

const route = getRouteApi("/inside/app/search");
const restMs = 180;
const keptAfterMs = 2500;

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
    void navigate({ search: q ? { q } : {}, replace: true, resetScroll: false });
  };
  const goRef = useRef(go);
  useEffect(() => {
    goRef.current = go;
  });
  useEffect(() => {
    const timer = setTimeout(() => goRef.current(text.trim()), text.trim() ? restMs : 0);
    return () => clearTimeout(timer);
  }, [text]);
  return { text, setText, q: inUrl, only: search.in, navigate };
}

export default function SearchPage() {
  const { text, setText, q, only, navigate } = useWords();
  const user = useUser();
  const { data: found, error, isPlaceholderData, refetch } = useSearch(q, only !== undefined);
  const { data: scans } = useQuery({ ...queries.currentScans(), retry: false });
  const box = useRef<HTMLDivElement>(null);
  const late = isPlaceholderData || text.trim() !== q;
  usePageLook({});
  useTitle(q ? i18n.t("{words}, search", { words: q }) : i18n.t("Search"));
  useEffect(() => loadRecent(user.id), [user.id]);

  // Words that stayed and found something count as a search, even if nothing was opened.
  const good = found !== undefined && !late && !isEmpty(found);
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
  const total = found ? found.tracks.length + found.albums.length + found.artists.length + found.playlists.length + found.genres.length : 0;
  const reading = scans?.some((scan) => !scan.finished_at);

  return (
    <div onKeyDownCapture={(event) => hitKeys(event, box.current, focusSearchBox)}>
      <h1 className="sr">{i18n.t("Search")}</h1>
      <SearchBox text={text} onChange={setText} onDown={() => firstHit(box.current)?.focus()} onEnter={openTop} />
      <p className="sr" role="status">
        {q && found && !late && i18n.t("{total, plural, =0 {Nothing found} one {# result} other {# results}}", { total })}
      </p>
      {reading && (
        <p className="t-12 t-3 search-note">{i18n.t("Your music is still being read; more may be found in a moment.")}</p>
      )}
      <div ref={box} className="search-body" data-late={(late && found !== undefined) || undefined} aria-busy={late || undefined}>
        {!q && !text.trim() && <Start onPick={setText} />}
        {q && only && (
          <Button kind="quiet" size="s" className="search-back" onClick={() => void navigate({ search: { q } })}>
            <Icon name="chev-left" size="s" />
            {i18n.t("All results")}
          </Button>
        )}
        {q && error && !found && <ErrorState what={i18n.t("The search failed")} error={error} onRetry={() => void refetch()} />}
        {!found && !error && text.trim() && (
          <div className="search-wait">
            <SkeletonRows count={8} />
          </div>
        )}
        {q && found && !isEmpty(found) && <Results found={found} only={only} onOnly={(group) => void navigate({ search: { q, in: group } })} onUse={use} />}
        {q && found && isEmpty(found) && (
          <EmptyState
            icon="search"
            title={i18n.t("Nothing is called “{words}”", { words: q })}
            action={
              <Button
                onClick={() => {
                  setText("");
                  focusSearchBox();
                }}
              >
                {i18n.t("Search for something else")}
              </Button>
            }
          >
            {i18n.t("Names of tracks, albums, artists, playlists and genres are searched. Fewer letters find more.")}
          </EmptyState>
        )}
      </div>
    </div>
  );
}
