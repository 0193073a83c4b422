import { i18n } from "@lingui/core";
import { lazy, Suspense, useState } from "react";
import { Icon } from "@/shared/ui/Icon";
import { openMenu } from "@/shared/ui/menu";
import type { Piece, Plan } from "./api";
import { fresh } from "./fields";
import { chipLabel, chipText, kindName } from "./words";

const PieceDialog = lazy(() => import("./PieceDialog"));

interface ChipsProps {
  plan: Plan;
  onPiece: (index: number, piece: Piece | null) => void;
}

/** What the sentence was taken for. A chip opens its form; what is not sure is outlined; what is left out says never. What nothing was made of stands there, too. */
export function ChipRow({ plan, onPiece }: ChipsProps) {
  const [open, setOpen] = useState<{ index: number; piece: Piece } | null>(null);
  const add = (anchor: HTMLElement): void =>
    openMenu(
      anchor,
      i18n.t("Add a rule"),
      fresh()
        .filter((one) => !one.once || !plan.pieces.some((piece) => piece.kind === one.kind))
        .map(({ kind, label, value }) => ({ label, run: () => setOpen({ index: plan.pieces.length, piece: { kind, value } }) })),
    );
  const label = open ? (fresh().find((one) => one.kind === open.piece.kind)?.label ?? kindName(open.piece.kind)) : "";
  return (
    <>
      <ul className="chips prompt-chips" aria-label={i18n.t("Rules")}>
        {plan.pieces.map((piece, index) => {
          const [what, said] = [chipLabel(piece.kind, piece.value), chipText(piece.kind, piece.value)];
          const never = piece.value.not === true || (piece.value.is === false && piece.kind !== "played");
          return (
            // Two chips may say the same; their order is what tells them apart.
            <li key={`${index} ${piece.kind}`} className="prompt-rule" data-never={never || undefined} data-unsure={piece.sure === false || undefined} data-open={(open?.index === index && open.piece === piece) || undefined}>
              <button type="button" aria-haspopup="dialog" data-tip={piece.words ? i18n.t("From “{words}”", { words: piece.words }) : undefined} onClick={() => setOpen({ index, piece })}>
                <span>{what}</span> {said}
                {piece.sure === false && <span className="sr">{i18n.t("not sure")}</span>}
              </button>
              <button type="button" aria-label={i18n.t("Remove {what}", { what: `${what} ${said}` })} onClick={() => onPiece(index, null)}>
                <Icon name="close" size="s" />
              </button>
            </li>
          );
        })}
        {plan.leftovers.map((words) => (
          <li key={words} className="prompt-unread">
            <span>{i18n.t("not understood")}</span> {words}
          </li>
        ))}
        <li>
          <button type="button" className="prompt-add" aria-haspopup="menu" onClick={(event) => add(event.currentTarget)}>
            <Icon name="plus" size="s" />
            {i18n.t("Rule")}
          </button>
        </li>
      </ul>
      <Suspense>
        {open && (
          <PieceDialog
            key={open.index}
            piece={open.piece}
            title={label}
            onClose={() => setOpen(null)}
            onDone={(piece) => {
              setOpen(null);
              onPiece(open.index, piece);
            }}
          />
        )}
      </Suspense>
    </>
  );
}
