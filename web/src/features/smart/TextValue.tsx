import { i18n } from "@lingui/core";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useId } from "react";
import { count } from "@/shared/lib/format";
import { suggestQuery } from "./api";
import { useMarks } from "./context";
import { useListKeys, useRested } from "./useSuggest";
import "@/media/track-finder.css";

interface TextValueProps {
  label: string;
  field: string;
  value: string;
  suggests: boolean;
  onChange: (value: string) => void;
}

/** A word, with those the library has. Anything may be typed. */
export function TextValue({ label, field, value, suggests, onChange }: TextValueProps) {
  const id = useId();
  const marks = useMarks();
  const words = useRested(value);
  const { data } = useQuery({ ...suggestQuery(field, words.trim()), enabled: suggests, placeholderData: keepPreviousData });
  const found = suggests && data ? data.items.filter((one) => one.value !== value) : [];
  const list = useListKeys({ found, pick: (one) => onChange(one.value) }, -1);
  if (!suggests) return <input className="input" aria-label={label} autoComplete="off" maxLength={500} value={value} {...marks} onChange={(event) => onChange(event.target.value)} />;
  return (
    // Only notes that the focus has left.
    // eslint-disable-next-line jsx-a11y/no-static-element-interactions
    <div className="sp-suggest" onBlur={(event) => !event.currentTarget.contains(event.relatedTarget) && list.setOpen(false)}>
      <input
        className="input"
        role="combobox"
        aria-label={label}
        aria-autocomplete="list"
        aria-expanded={list.shows}
        aria-controls={`${id}-list`}
        aria-activedescendant={list.shows && list.place >= 0 ? `${id}-${list.place}` : undefined}
        autoComplete="off"
        maxLength={500}
        value={value}
        {...marks}
        onChange={(event) => {
          onChange(event.target.value);
          list.restart();
          list.setOpen(true);
        }}
        onClick={() => list.setOpen(true)}
        onKeyDown={list.onKeyDown}
      />
      <ul id={`${id}-list`} className="finder-list sp-words" role="listbox" aria-label={i18n.t("Suggestions")} hidden={!list.shows}>
        {found.map((one, i) => (
          // The field keeps the focus; its arrows and Enter do the same.
          // eslint-disable-next-line jsx-a11y/click-events-have-key-events
          <li key={one.value} id={`${id}-${i}`} role="option" aria-selected={i === list.place} onPointerDown={(event) => event.preventDefault()} onClick={() => list.take(one)}>
            <span className="cut">{one.value}</span>
            {one.tracks !== null && <small className="num">{count(one.tracks)}</small>}
          </li>
        ))}
      </ul>
    </div>
  );
}
