import { i18n } from "@lingui/core";
import type { SetJoint } from "@/shared/api/djSets";
import type { TrackItem } from "@/shared/api/types";

/** Scores of joints, 0..100. */
export const goodFrom = 85;
export const fairFrom = 60;
export type Grade = "good" | "fair" | "weak";
export const gradeOf = (score: number): Grade => (score >= goodFrom ? "good" : score >= fairFrom ? "fair" : "weak");

const minus = "−";
/** "+6.9 %": what the second must be sped up; a dash where it is not known. */
export function changeText(pct: number | null): string {
  if (pct === null) return "–";
  const number = new Intl.NumberFormat(i18n.locale, { minimumFractionDigits: 1, maximumFractionDigits: 1 }).format(Math.abs(pct));
  const sign = Math.abs(pct) < 0.05 ? "±" : pct > 0 ? "+" : minus;
  return `${sign}${number} %`;
}

/** How the tempo goes on, from the first to the second: 116 to 124 is +6.9 %. A joint says what the second must give way, which is the other way round. */
export function tempoStep({ tempo_change_pct: pct }: Pick<SetJoint, "tempo_change_pct">): number | null {
  return pct === null ? null : (1 / (1 + pct / 100) - 1) * 100;
}

export function countedWords(factor: number | null): string | null {
  if (factor === 0.5) return i18n.t("counted at half time");
  if (factor === 2) return i18n.t("counted at double time");
  return null;
}

/** What the step from one key to the next is to a DJ. */
export function relationWords(relation: string | null): string {
  switch (relation) {
    case "same":
      return i18n.t("same key");
    case "relative":
      return i18n.t("relative key");
    case "up_one":
    case "down_one":
      return i18n.t("neighbour");
    case "diagonal":
      return i18n.t("diagonal");
    case "energy_boost":
      return i18n.t("energy boost");
    case "none":
      return i18n.t("clash");
    default:
      return i18n.t("key not known");
  }
}

/** Why a joint is weak, in a few words. */
export function weakWords(reason: string | null): string | null {
  switch (reason) {
    case null:
      return null;
    case "tempo":
      return i18n.t("tempo jumps");
    case "key":
      return i18n.t("keys clash");
    case "energy":
    case "jump":
      return i18n.t("energy jumps");
    case "artist":
      return i18n.t("same artist again");
    case "album":
      return i18n.t("same album again");
    case "sound":
      return i18n.t("they sound unlike");
    case "mix":
      return i18n.t("no room to mix");
    default:
      return i18n.t("too little is known");
  }
}

/** "10A → 3B, clash". */
export function keyStep(a: Pick<TrackItem, "camelot"> | null, b: Pick<TrackItem, "camelot"> | null, relation: string | null): string {
  return i18n.t("{from} → {to}, {relation}", { from: a?.camelot ?? "–", to: b?.camelot ?? "–", relation: relationWords(relation) });
}

/** The joint in a sentence, for those who hear the page. */
export function jointSentence(joint: SetJoint, a: TrackItem | null, b: TrackItem | null): string {
  const parts = [changeText(tempoStep(joint)), countedWords(joint.tempo_factor), keyStep(a, b, joint.relation), weakWords(joint.weak_reason)].filter((part) => part !== null);
  return i18n.t("{facts}; score {score} of 100", { facts: parts.join(", "), score: joint.score });
}
