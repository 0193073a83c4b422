import { i18n } from "@lingui/core";
import { useLayoutEffect, useRef } from "react";
import type { PromptMade } from "@/shared/api/types";
import { IconButton } from "@/shared/ui/Button";

interface SentenceProps {
  text: string;
  by: PromptMade["by"] | null;
  busy: boolean;
  onText: (text: string) => void;
  onAsk: () => void;
}
const longest = 2000;

/** The words themselves, written in place. Enter makes the list; Shift and Enter begins a line. */
export function Sentence({ text, by, busy, onText, onAsk }: SentenceProps) {
  const field = useRef<HTMLTextAreaElement>(null);
  useLayoutEffect(() => {
    const element = field.current;
    if (!element || CSS.supports("field-sizing", "content")) return;
    element.style.height = "auto";
    element.style.height = `${element.scrollHeight}px`;
  }, [text]);
  return (
    <form
      className="prompt-head"
      onSubmit={(event) => {
        event.preventDefault();
        onAsk();
      }}
    >
      <div className="row between prompt-label">
        <h1 className="prompt-h">{i18n.t("Describe a playlist")}</h1>
        <p className="t-12 t-3 prompt-hint" role="status" data-fallback={by?.fallback ? "" : undefined}>
          {busy ? i18n.t("Making the list…") : understoodBy(by)}
        </p>
      </div>
      <div className="prompt-ask">
        <textarea
          ref={field}
          className="ask"
          rows={1}
          value={text}
          maxLength={longest}
          aria-label={i18n.t("Describe a playlist")}
          placeholder={i18n.t("90 minutes, dinner jazz to disco, nothing live…")}
          spellCheck={false}
          enterKeyHint="go"
          onChange={(event) => onText(event.target.value.replaceAll("\n", " "))}
          onKeyDown={(event) => {
            if (event.key !== "Enter" || event.shiftKey || event.nativeEvent.isComposing) return;
            event.preventDefault();
            onAsk();
          }}
        />
        <IconButton icon="wand" type="submit" label={i18n.t("Make the list")} keys="Enter" disabled={text.trim() === ""} />
      </div>
    </form>
  );
}

function understoodBy(by: PromptMade["by"] | null): string {
  if (!by) return i18n.t("Enter makes the list.");
  if (by.by === "model") return i18n.t("Understood by {model}. Change the words or the rules.", { model: by.model });
  if (by.fallback) return i18n.t("Understood without the language model: {reason}", { reason: by.fallback });
  return i18n.t("Understood without a language model. Change the words or the rules; Enter makes it again.");
}
