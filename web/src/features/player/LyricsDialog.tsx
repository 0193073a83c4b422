import { i18n } from "@lingui/core";
import { useId, useState, type FormEvent } from "react";
import { Problem } from "@/shared/api/problem";
import type { Id, Lyrics } from "@/shared/api/types";
import { Button } from "@/shared/ui/Button";
import { Dialog } from "@/shared/ui/Dialog";
import { toast } from "@/shared/ui/toast";
import { asText, lineCounts, useLyricEdits } from "./lyricEdits";

interface LyricsDialogProps {
  trackId: Id;
  /** What one begins with. */
  shown: Lyrics | null;
  own: Lyrics | null;
  onClose: () => void;
}

/** The listener's own text of a track. It is theirs alone; the file stays as it is. */
export default function LyricsDialog({ trackId, shown, own, onClose }: LyricsDialogProps) {
  const id = useId();
  const edits = useLyricEdits(trackId);
  const [text, setText] = useState(() => (own ?? shown ? asText((own ?? shown) as Lyrics) : ""));
  const [busy, setBusy] = useState(false);
  const [fault, setFault] = useState<string | null>(null);
  const { lines, timed } = lineCounts(text);

  const run = async (act: () => Promise<void>): Promise<boolean> => {
    setBusy(true);
    setFault(null);
    try {
      await act();
      onClose();
      return true;
    } catch (error) {
      setFault(error instanceof Problem ? error.message : String(error));
      setBusy(false);
      return false;
    }
  };
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (lines === 0) return setFault(own ? i18n.t("There is no text. “Delete my text” brings back the other one.") : i18n.t("There is no text yet."));
    void run(() => edits.save(text));
  };
  const remove = async (): Promise<void> => {
    const before = own ? asText(own) : "";
    if (await run(edits.remove)) toast({ text: i18n.t("Your text is deleted"), action: { label: i18n.t("Undo"), run: () => void edits.save(before).catch(() => toast({ text: i18n.t("The lyrics could not be saved.") })) } });
  };
  const what = timed === 0 ? i18n.t("{lines, plural, =0 {Empty} one {# line, plain} other {# lines, plain}}", { lines }) : timed === lines ? i18n.t("{lines, plural, one {# line, synced} other {# lines, synced}}", { lines }) : i18n.t("{timed} of {lines} lines have a time; the others will be left out", { timed, lines });
  return (
    <Dialog open wide onClose={onClose} title={own ? i18n.t("Your lyrics") : i18n.t("Edit lyrics")} about={i18n.t("Plain text, or LRC with a time before each line: [01:23.45] Words. Only you see your text.")}>
      <form className="form" onSubmit={submit} noValidate>
        <div className="field">
          <label htmlFor={id} className="sr">
            {i18n.t("Lyrics")}
          </label>
          <textarea id={id} className="input lyric-text" rows={14} spellCheck={false} value={text} aria-invalid={fault ? true : undefined} aria-describedby={`${id}-note`} onChange={(event) => setText(event.target.value)} />
          <p id={`${id}-note`} className="field-note num" data-kind={fault ? "danger" : undefined} role={fault ? "alert" : undefined}>
            {fault ?? what}
          </p>
        </div>
        <footer>
          {own && (
            <Button kind="danger" className="lyric-delete" onClick={() => void remove()}>
              {i18n.t("Delete my text")}
            </Button>
          )}
          <Button kind="quiet" onClick={onClose}>
            {i18n.t("Cancel")}
          </Button>
          <Button kind="primary" type="submit" busy={busy && i18n.t("Saving")}>
            {i18n.t("Save")}
          </Button>
        </footer>
      </form>
    </Dialog>
  );
}
