import { i18n } from "@lingui/core";

const letters = ["#", ..."ABCDEFGHIJKLMNOPQRSTUVWXYZ"];

/** One letter at a time; the same letter again shows all. */
export function LetterRail({ value, onChange }: { value: string | undefined; onChange: (letter: string | undefined) => void }) {
  return (
    <nav className="az" aria-label={i18n.t("First letter")}>
      {letters.map((letter) => (
        <button key={letter} type="button" aria-pressed={letter === value} aria-label={letter === "#" ? i18n.t("Numbers and signs") : letter} onClick={() => onChange(letter === value ? undefined : letter)}>
          {letter}
        </button>
      ))}
    </nav>
  );
}
