import { i18n } from "@lingui/core";
import { AnalysedChip, DecadeChip, EnergyChip, GenreChip, KeyChip, LikedChip, RatingChip, TempoChip } from "@/media/FilterChips";
import { filterCount, noFilters, type TrackFilters } from "@/media/trackFilters";
import type { Understood } from "@/shared/api/types";
import { meaningText } from "@/shared/lib/meanings";
import { Button } from "@/shared/ui/Button";
import { Icon } from "@/shared/ui/Icon";
import { withoutWord } from "./useSearch";

interface RefineProps {
  q: string;
  understood: readonly Understood[];
  filters: TrackFilters;
  onWords: (q: string) => void;
  onFilters: (change: TrackFilters) => void;
}

/** A plain word that means itself needs no second one. */
function Meaning({ word, means }: Understood) {
  const said = meaningText(means);
  if (said.toLocaleLowerCase() === word.toLocaleLowerCase()) return <b>{word}</b>;
  return (
    <>
      {word} <b>{said}</b>
    </>
  );
}

/** How the words were understood, and filters beside them. */
export function Refine({ q, understood, filters, onWords, onFilters }: RefineProps) {
  const chip = { value: filters, onChange: onFilters };
  const more = understood.some(({ means }) => means !== "a name");
  return (
    <div className="refine">
      <div className="chips scroll-x" role="group" aria-label={i18n.t("Filter")}>
        <GenreChip {...chip} />
        <DecadeChip {...chip} />
        <TempoChip {...chip} />
        <KeyChip {...chip} />
        <EnergyChip {...chip} />
        <RatingChip {...chip} />
        <LikedChip {...chip} />
        <AnalysedChip {...chip} />
        {filterCount(filters) > 1 && (
          <Button kind="quiet" size="s" onClick={() => onFilters(noFilters)}>
            {i18n.t("Remove the filters")}
          </Button>
        )}
      </div>
      {more && (
        <ul className="chips understood" aria-label={i18n.t("How it was understood")}>
          {understood.map(({ word, means }) => {
            const rest = withoutWord(q, word);
            return (
              <li key={`${word} ${means}`} className="chip" data-guess={means === "a name" || undefined}>
                <span>
                  <Meaning word={word} means={means} />
                </span>
                {rest !== q && (
                  <button type="button" aria-label={i18n.t("Without “{word}”", { word })} data-tip={i18n.t("Without “{word}”", { word })} onClick={() => onWords(rest)}>
                    <Icon name="close" size="s" />
                  </button>
                )}
              </li>
            );
          })}
        </ul>
      )}
    </div>
  );
}
