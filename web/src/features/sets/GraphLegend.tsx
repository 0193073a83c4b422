import { i18n } from "@lingui/core";
import type { PoolInfo } from "@/shared/api/djSets";
import { usePhone } from "@/shared/hooks/useMedia";
import { count as number } from "@/shared/lib/format";
import { Icon } from "@/shared/ui/Icon";
import { openMenu, type MenuEntry } from "@/shared/ui/menu";
import { levelWords } from "./words";

export interface About {
  /** "energy" or a mood. */
  readonly of: string;
  /** What the pool knows; null until it is told. */
  readonly pool: PoolInfo | null;
  readonly onChange: (of: string) => void;
}

/** What the lines of the graph are; what the curve is about can be changed where it is named. */
export function GraphLegend({ about: { of, pool, onChange }, known, count }: { about: About; known: number; count: number }) {
  const phone = usePhone();
  const entries = (): MenuEntry[] => {
    const told = pool?.levels ?? [];
    const all = told.some((one) => one.of === of) ? told : [...told, { of, tracks: 0 }];
    return all.map((one) => ({ label: pool ? i18n.t("{what}, known of {tracks} of {used}", { what: levelWords(one.of), tracks: number(one.tracks), used: number(pool.used) }) : levelWords(one.of), checked: one.of === of, run: () => onChange(one.of) }));
  };
  return (
    <div className="row t-12 t-3 dj-legend">
      <span className="row" aria-hidden="true">
        <svg width="18" height="8">
          <path d="M1 4h16" className="dj-tempo" />
        </svg>
        {i18n.t("Tempo")}
      </span>
      <button type="button" className="row dj-about" aria-haspopup="menu" onClick={(event) => openMenu(event.currentTarget, i18n.t("What the curve is about"), entries())}>
        <svg width="18" height="10" aria-hidden="true">
          <rect width="18" height="10" rx="2" className="dj-area" />
        </svg>
        <span>
          <span className="sr">{i18n.t("The curve is about")} </span>
          {levelWords(of)}
          {count > 0 && known < count && <span className="num">, {phone ? i18n.t("{known} of {count}", { known, count }) : i18n.t("known of {known} of {count}", { known, count })}</span>}
        </span>
        <Icon name="chev-down" size="s" />
      </button>
      <span className="row" aria-hidden="true">
        <svg width="18" height="8">
          <path d="M2 4h16" className="dj-curve" />
        </svg>
        {i18n.t("Your curve")}
      </span>
      {!phone && <span aria-hidden="true">{i18n.t("Keys below, Camelot")}</span>}
    </div>
  );
}
