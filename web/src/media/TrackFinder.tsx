import { i18n } from "@lingui/core";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useEffect, useId, useRef, useState, type KeyboardEvent } from "react";
import { api } from "@/shared/api/client";
import type { SearchResult, TrackItem } from "@/shared/api/types";
import { length } from "@/shared/lib/format";
import { Cover } from "@/shared/ui/Cover";
import { Icon } from "@/shared/ui/Icon";
import "./track-finder.css";

const restMs = 160;
const shown = 8;

interface TrackFinderProps {
  label: string;
  onPick: (track: TrackItem) => void;
  onClose?: () => void;
  /** Opened by somebody who wants to type. */
  takesFocus?: boolean;
  /** What is looked for at first. */
  initial?: string;
  /** Ids that cannot be picked. */
  without?: readonly string[];
}

/** A field that finds one track by its name: arrows choose, Enter takes it. */
export function TrackFinder({ label, onPick, onClose, takesFocus, initial = "", without = [] }: TrackFinderProps) {
  const id = useId();
  const input = useRef<HTMLInputElement>(null);
  const [text, setText] = useState(initial);
  const [words, setWords] = useState(initial.trim());
  const [open, setOpen] = useState(false);
  const [active, setActive] = useState(0);
  useEffect(() => {
    const timer = setTimeout(() => setWords(text.trim()), restMs);
    return () => clearTimeout(timer);
  }, [text]);
  useEffect(() => {
    if (takesFocus) input.current?.focus();
  }, [takesFocus]);
  const { data, error } = useQuery({
    queryKey: ["search", words, "finder"],
    queryFn: ({ signal }) => api.get<SearchResult>("search", { q: words, limit: shown + without.length }, signal),
    enabled: words !== "",
    placeholderData: keepPreviousData,
  });
  const found = (words && data ? data.tracks : []).filter((track) => !without.includes(track.id)).slice(0, shown);
  const place = Math.min(active, found.length - 1);
  const shows = open && words !== "" && (data !== undefined || error !== null);

  const pick = (track: TrackItem | undefined): void => {
    if (!track) return;
    setText("");
    setWords("");
    setOpen(false);
    onPick(track);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.nativeEvent.isComposing) return;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      setOpen(true);
      setActive((place + (event.key === "ArrowDown" ? 1 : found.length - 1)) % Math.max(1, found.length));
    } else if (event.key === "Enter") pick(found[place]);
    else if (event.key === "Escape" && (text || onClose)) {
      if (text) setText("");
      else onClose?.();
    } else return;
    event.preventDefault();
    event.stopPropagation();
  };

  return (
    // Only notes that the focus has left.
    // eslint-disable-next-line jsx-a11y/no-static-element-interactions
    <div className="finder" onBlur={(event) => !event.currentTarget.contains(event.relatedTarget) && setOpen(false)}>
      <Icon name="search" size="s" />
      <input
        ref={input}
        className="input"
        role="combobox"
        aria-label={label}
        placeholder={label}
        aria-autocomplete="list"
        aria-expanded={shows}
        aria-controls={`${id}-list`}
        aria-activedescendant={shows && found[place] ? `${id}-${place}` : undefined}
        autoComplete="off"
        value={text}
        maxLength={200}
        onChange={(event) => {
          setText(event.target.value);
          setActive(0);
          setOpen(true);
        }}
        onFocus={() => setOpen(true)}
        onKeyDown={onKeyDown}
      />
      {shows && found.length === 0 && (
        <p className="finder-list finder-none" role="status">
          {error ? i18n.t("The search failed") : i18n.t("No track is called that")}
        </p>
      )}
      <ul id={`${id}-list`} className="finder-list" role="listbox" aria-label={i18n.t("Tracks")} hidden={!shows || found.length === 0}>
        {found.map((track, i) => (
          // The field keeps the focus; its arrows and Enter do the same.
          // eslint-disable-next-line jsx-a11y/click-events-have-key-events
          <li key={track.id} id={`${id}-${i}`} role="option" aria-selected={i === place} onPointerDown={(event) => event.preventDefault()} onClick={() => pick(track)}>
            <Cover coverId={track.cover_id} alt="" size={96} accent={track.accent} seed={track.album_id ?? track.id} />
            <span className="cut">
              <b className="cut">{track.title}</b>
              <small className="cut">{[track.artist, track.album].filter(Boolean).join(" · ")}</small>
            </span>
            <span className="num t-3">{length(track.duration_s)}</span>
          </li>
        ))}
      </ul>
    </div>
  );
}
