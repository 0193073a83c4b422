import { i18n } from "@lingui/core";
import { useEffect, useRef, type KeyboardEvent } from "react";
import { setSearchBox } from "@/media/searchBox";
import { useMedia } from "@/shared/hooks/useMedia";
import { IconButton } from "@/shared/ui/Button";
import { Icon } from "@/shared/ui/Icon";

interface SearchBoxProps {
  text: string;
  onChange: (text: string) => void;
  /** Down: into the results. */
  onDown: () => void;
  onEnter: () => void;
}

export function SearchBox({ text, onChange, onDown, onEnter }: SearchBoxProps) {
  const box = useRef<HTMLInputElement>(null);
  const hover = useMedia("(hover: hover)");
  useEffect(() => {
    setSearchBox(box.current);
    // On a touch screen the keyboard would cover what was found before.
    if (hover || !box.current?.value) box.current?.focus();
    return () => setSearchBox(null);
  }, [hover]);

  const clear = (): void => {
    onChange("");
    box.current?.focus();
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.nativeEvent.isComposing) return;
    if (event.key === "ArrowDown") onDown();
    else if (event.key === "Enter") onEnter();
    else if (event.key === "Escape" && text) clear();
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <div className="searchbox" role="search">
      <Icon name="search" />
      <input
        ref={box}
        type="search"
        aria-label={i18n.t("Search your music")}
        placeholder={i18n.t("Search your music")}
        aria-keyshortcuts="/ Control+K"
        autoComplete="off"
        autoCapitalize="none"
        autoCorrect="off"
        spellCheck={false}
        enterKeyHint="search"
        maxLength={200}
        value={text}
        onChange={(event) => onChange(event.target.value)}
        onKeyDown={onKeyDown}
      />
      {text ? (
        <>
          <span className="kbd only-d" aria-hidden="true">
            {i18n.t("Esc to clear")}
          </span>
          <IconButton icon="close" label={i18n.t("Clear the search")} onClick={clear} />
        </>
      ) : (
        <span className="kbd only-d" aria-hidden="true">
          {i18n.t("/ or Ctrl K")}
        </span>
      )}
    </div>
  );
}
