import { useEffect, useRef, useState } from "react";
import type { SharedList } from "@/shared/api/types";
import { soundOf } from "./sharedList";

export interface SharedPlayer {
  /** Which track is on; -1 is none. */
  at: number;
  playing: boolean;
  time: number;
  length: number;
  fault: boolean;
  start: (index: number) => void;
  toggle: () => void;
  seek: (seconds: number) => void;
}

/** One audio element for one shared list: the page has nothing of the app's player, and needs no account. */
export function useSharedPlayer(list: SharedList): SharedPlayer {
  const audio = useRef<HTMLAudioElement | null>(null);
  const plain = useRef(false);
  const [at, setAt] = useState(-1);
  const [playing, setPlaying] = useState(false);
  const [time, setTime] = useState(0);
  const [known, setKnown] = useState(0);
  const [fault, setFault] = useState(false);
  const place = useRef(-1);

  const load = (index: number, asPlain: boolean): void => {
    const track = list.tracks[index];
    const element = audio.current;
    if (!track || !element) return;
    place.current = index;
    plain.current = asPlain;
    setAt(index);
    setTime(0);
    setKnown(0);
    setFault(false);
    element.src = soundOf(list.id, track.id, asPlain);
    element.play().catch(() => undefined);
  };
  const act = useRef(load);
  useEffect(() => {
    act.current = load;
  });

  useEffect(() => {
    const element = new Audio();
    element.preload = "metadata";
    audio.current = element;
    const on: [string, () => void][] = [
      ["play", () => setPlaying(true)],
      ["pause", () => setPlaying(false)],
      ["timeupdate", () => setTime(element.currentTime)],
      ["durationchange", () => setKnown(Number.isFinite(element.duration) ? element.duration : 0)],
      ["ended", () => (place.current + 1 < list.tracks.length ? act.current(place.current + 1, false) : setPlaying(false))],
      // A form the browser does not know is asked for once more as MP3.
      ["error", () => (plain.current ? setFault(true) : act.current(place.current, true))],
    ];
    for (const [name, run] of on) element.addEventListener(name, run);
    return () => {
      for (const [name, run] of on) element.removeEventListener(name, run);
      element.pause();
      element.removeAttribute("src");
      element.load();
    };
  }, [list]);

  return {
    at,
    playing,
    time,
    length: known || (list.tracks[at]?.duration_s ?? 0),
    fault,
    start: (index) => load(index, false),
    toggle: () => {
      const element = audio.current;
      if (at < 0) load(0, false);
      else if (playing) element?.pause();
      else element?.play().catch(() => undefined);
    },
    seek: (seconds) => {
      if (audio.current) audio.current.currentTime = seconds;
    },
  };
}
