import { i18n } from "@lingui/core";
import { beatError, type PreviewState } from "@/player/preview";

/** How two decks stand, in a sentence or two. */
export function stateWords(state: PreviewState): string {
  if (state.status === "failed") {
    if (state.trouble === "gone") return i18n.t("One of the two files is not there.");
    if (state.trouble === "format") return i18n.t("This browser cannot decode one of the two.");
    return i18n.t("The server does not answer.");
  }
  if (state.status === "reading") return i18n.t("Reading the beats…");
  if (state.status === "loading") return i18n.t("Fetching the seconds around the joint…");
  return beatWords(state);
}

function beatWords({ plan, facts, nudge_s, keepPitch }: PreviewState): string {
  if (!plan || !facts) return "";
  const ms = Math.round(nudge_s * 1000);
  const pitch = pitchWords(plan.rate, keepPitch);
  const nudged = ms === 0 ? "" : ` ${ms > 0 ? i18n.t("Nudged {ms} ms later.", { ms }) : i18n.t("Nudged {ms} ms earlier.", { ms: -ms })}`;
  if (plan.inTime === "unknown" || !facts.a.grid || !facts.b.grid) return i18n.t("The beats of both are not measured yet: use your ears and the nudge.") + nudged + pitch;
  const counted = plan.counted === 1 ? "" : plan.counted === 0.5 ? ` ${i18n.t("Counted at half time.")}` : ` ${i18n.t("Counted at double time.")}`;
  if (plan.inTime === "yes") return i18n.t("Beat on beat.") + counted + nudged + pitch;
  const parting = Math.round(Math.abs(beatError(plan, facts.a.grid, facts.b.grid, plan.mixTo)) * 1000);
  return i18n.t("They begin on the beat and part: {ms} ms at the end.", { ms: parting }) + counted + nudged + pitch;
}


/** What the other tempo does to the pitch, in semitones. */
function pitchWords(rate: number, kept: boolean): string {
  const steps = 12 * Math.log2(rate);
  if (Math.abs(steps) < 0.01) return "";
  if (kept) return ` ${i18n.t("Its pitch is kept.")}`;
  const number = new Intl.NumberFormat(i18n.locale, { minimumFractionDigits: 1, maximumFractionDigits: 1 }).format(Math.abs(steps));
  return ` ${steps > 0 ? i18n.t("Its pitch goes up with it, {number} semitones.", { number }) : i18n.t("Its pitch goes down with it, {number} semitones.", { number })}`;
}
