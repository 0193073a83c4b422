import { i18n } from "@lingui/core";
import type { SetProposal } from "@/shared/api/djSets";
import { length } from "@/shared/lib/format";
import { Button } from "@/shared/ui/Button";
import { Icon } from "@/shared/ui/Icon";
import type { Sums } from "./order";
import type { Idea } from "./Side";

/** What is shown in place of the set until it is taken or left. */
export type Offer = { kind: "run"; proposal: SetProposal; stopped: boolean } | { kind: "idea"; idea: Idea };

interface OfferProps {
  offer: Offer;
  before: Sums;
  after: Sums;
  /** All its joints are known. */
  whole: boolean;
  onAccept: () => void;
  onKeep: () => void;
  onAnother: (() => void) | undefined;
}

/** "Average joint 84 → 91, weak 2 → 0": a proposal is looked at before it is taken. */
export function OfferBar({ offer, before, after, whole, onAccept, onKeep, onAnother }: OfferProps) {
  const title = offer.kind === "run" ? (offer.stopped ? i18n.t("The best order until you stopped") : i18n.t("A new order was found")) : offer.idea.title;
  const facts = [
    whole && after.average !== null && (before.average === null ? i18n.t("average joint {after}", { after: after.average }) : i18n.t("average joint {before} → {after}", { before: before.average, after: after.average })),
    whole && i18n.t("weak {before} → {after}", { before: before.weak, after: after.weak }),
    offer.kind === "run" && length(after.duration),
    offer.kind === "run" && !offer.proposal.reproducible && i18n.t("not reproducible"),
  ].filter((fact) => fact !== false);
  return (
    <div className="dj-offer" role="region" aria-label={i18n.t("Proposal")}>
      <Icon name="wand" />
      <p className="grow" role="status">
        <b>{title}</b>
        <small className="num">
          {whole ? facts.join(" · ") : i18n.t("Working its joints out")}
          {offer.kind === "run" && offer.proposal.pool.note && ` · ${offer.proposal.pool.note}`}
        </small>
      </p>
      {onAnother && (
        <Button kind="quiet" onClick={onAnother}>
          {i18n.t("Another take")}
        </Button>
      )}
      <Button kind="quiet" onClick={onKeep}>
        {i18n.t("Keep the old")}
      </Button>
      <Button kind="primary" onClick={onAccept}>
        {offer.kind === "run" ? i18n.t("Use this order") : i18n.t("Use")}
      </Button>
    </div>
  );
}
