import { i18n } from "@lingui/core";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useEffect, useId, useRef, useState } from "react";
import { api } from "@/shared/api/client";
import type { Accent, Id, SearchResult } from "@/shared/api/types";
import { Cover } from "@/shared/ui/Cover";
import { Icon, type IconName } from "@/shared/ui/Icon";
import { useEditing, useMarks } from "./context";
import { useListKeys, useRested } from "./useSuggest";
import "@/media/track-finder.css";

type Of = "track" | "artist" | "album" | "text";
type Like = { [kind in Of]?: string } & { at_least: number };
interface Found {
  of: Of;
  id: Id;
  title: string;
  note: string;
  cover: Id | null;
  accent: Accent | null;
  icon?: IconName;
}
const kinds: readonly Of[] = ["track", "artist", "album", "text"];
const few = 4;

function all(data: SearchResult | undefined, words: string): Found[] {
  if (!words) return [];
  const tracks = (data?.tracks ?? []).slice(0, few).map((one): Found => ({ of: "track", id: one.id, title: one.title, note: one.artist, cover: one.cover_id ?? null, accent: one.accent ?? null }));
  const artists = (data?.artists ?? []).slice(0, 2).map((one): Found => ({ of: "artist", id: one.id, title: one.name, note: i18n.t("Artist"), cover: one.cover_id ?? null, accent: null, icon: "user" }));
  const albums = (data?.albums ?? []).slice(0, 3).map((one): Found => ({ of: "album", id: one.id, title: one.title, note: i18n.t("Album by {artist}", { artist: one.artist }), cover: one.cover_id ?? null, accent: one.accent ?? null }));
  const text: Found = { of: "text", id: words, title: `“${words}”`, note: i18n.t("Music that these words describe"), cover: null, accent: null, icon: "wand" };
  return [...tracks, ...artists, ...albums, text];
}

/** A track, artist or album by its name, or words for a sound. */
function LikeFinder({ label, takesFocus, onPick, onClose }: { label: string; takesFocus: boolean; onPick: (found: Found) => void; onClose: () => void }) {
  const id = useId();
  const input = useRef<HTMLInputElement>(null);
  const [text, setText] = useState("");
  const words = useRested(text.trim());
  useEffect(() => {
    if (takesFocus) input.current?.focus();
  }, [takesFocus]);
  const { data } = useQuery({
    queryKey: ["search", words, "like"],
    queryFn: ({ signal }) => api.get<SearchResult>("search", { q: words, limit: few }, signal),
    enabled: words !== "",
    placeholderData: keepPreviousData,
  });
  const found = all(data, words);
  const escape = (): boolean => {
    onClose();
    return takesFocus;
  };
  const list = useListKeys({ found, pick: onPick, escape }, 0);
  return (
    // Only notes that the focus has left.
    // eslint-disable-next-line jsx-a11y/no-static-element-interactions
    <div className="finder" onBlur={(event) => !event.currentTarget.contains(event.relatedTarget) && list.setOpen(false)}>
      <Icon name="search" size="s" />
      <input
        ref={input}
        className="input"
        role="combobox"
        aria-label={label}
        placeholder={i18n.t("Track, artist, album or words")}
        aria-autocomplete="list"
        aria-expanded={list.shows}
        aria-controls={`${id}-list`}
        aria-activedescendant={list.shows ? `${id}-${list.place}` : undefined}
        autoComplete="off"
        maxLength={200}
        value={text}
        onChange={(event) => {
          setText(event.target.value);
          list.restart();
          list.setOpen(true);
        }}
        onKeyDown={list.onKeyDown}
      />
      <ul id={`${id}-list`} className="finder-list" role="listbox" aria-label={i18n.t("Found")} hidden={!list.shows}>
        {found.map((one, i) => (
          // The field keeps the focus; its arrows and Enter do the same.
          // eslint-disable-next-line jsx-a11y/click-events-have-key-events
          <li key={`${one.of} ${one.id}`} id={`${id}-${i}`} role="option" aria-selected={i === list.place} onPointerDown={(event) => event.preventDefault()} onClick={() => list.take(one)}>
            {one.icon && !one.cover ? (
              <span className="sp-sign">
                <Icon name={one.icon} />
              </span>
            ) : (
              <Cover coverId={one.cover} alt="" size={96} accent={one.accent} seed={one.id} />
            )}
            <span className="cut">
              <b className="cut">{one.title}</b>
              <small className="cut">{one.note}</small>
            </span>
          </li>
        ))}
      </ul>
    </div>
  );
}

/** What shall sound alike: chosen once, then a button that lets one choose another. */
export function LikeValue({ label, value, onChange }: { label: string; value: Like; onChange: (value: Like) => void }) {
  const { names, name } = useEditing();
  const marks = useMarks();
  const [choosing, setChoosing] = useState(false);
  const of = kinds.find((kind) => value[kind] !== undefined);
  const id = of ? (value[of] ?? "") : "";
  if (of && !choosing) {
    const text = of === "text" ? `“${id}”` : (names[id] ?? i18n.t("something that is gone"));
    return (
      <button type="button" className="input sp-like" aria-label={i18n.t("{label}: {text}, choose another", { label, text })} aria-describedby={marks["aria-describedby"]} onClick={() => setChoosing(true)}>
        <Icon name={of === "artist" ? "user" : of === "album" ? "album" : of === "text" ? "wand" : "radio"} size="s" />
        <span className="cut">{text}</span>
      </button>
    );
  }
  return (
    <LikeFinder
      label={label}
      takesFocus={choosing}
      onClose={() => setChoosing(false)}
      onPick={(found) => {
        if (found.of !== "text") name(found.id, found.title);
        setChoosing(false);
        onChange({ [found.of]: found.id, at_least: value.at_least });
      }}
    />
  );
}
