import { i18n } from "@lingui/core";
import { useQuery } from "@tanstack/react-query";
import { queries } from "@/shared/api/queries";
import { Button, IconButton } from "@/shared/ui/Button";
import { Icon } from "@/shared/ui/Icon";
import { EmptyState } from "@/shared/ui/states";
import { toast } from "@/shared/ui/toast";
import { forgetAllSearches, forgetSearch, restoreSearches, useRecent } from "./recent";
import { Genres } from "./Results";

const shownGenres = 12;

/** Before the first letter: what was searched for lately, and the genres there are. */
export function Start({ onPick }: { onPick: (words: string) => void }) {
  const words = useRecent((state) => state.words);
  const { data: genres = [] } = useQuery(queries.genres());
  const largest = [...genres].sort((a, b) => b.album_count - a.album_count).slice(0, shownGenres);
  const clear = (): void => {
    const before = words;
    forgetAllSearches();
    toast({ text: i18n.t("Recent searches are cleared."), action: { label: i18n.t("Undo"), run: () => restoreSearches(before) } });
  };
  return (
    <>
      {words.length > 0 ? (
        <section className="sect" aria-labelledby="search-recent">
          <header>
            <h2 id="search-recent" className="h-20">
              {i18n.t("Recent searches")}
            </h2>
            <Button kind="quiet" size="s" onClick={clear}>
              {i18n.t("Clear")}
            </Button>
          </header>
          <ul className="recent">
            {words.map((one) => (
              <li key={one}>
                <button type="button" className="recent-go" data-hit="" onClick={() => onPick(one)}>
                  <Icon name="clock" />
                  <span className="cut">{one}</span>
                </button>
                <IconButton icon="close" size="s" label={i18n.t("Forget {words}", { words: one })} onClick={() => forgetSearch(one)} />
              </li>
            ))}
          </ul>
        </section>
      ) : (
        <EmptyState icon="search" title={i18n.t("Type a few letters")}>
          {i18n.t("Tracks, albums, artists, playlists and genres answer while you type. A wrong letter does no harm, and accents do not matter.")}
        </EmptyState>
      )}
      {largest.length > 0 && (
        <section className="sect" aria-labelledby="search-genres">
          <header>
            <h2 id="search-genres" className="h-20">
              {i18n.t("Genres")}
            </h2>
          </header>
          <Genres genres={largest} />
        </section>
      )}
    </>
  );
}
