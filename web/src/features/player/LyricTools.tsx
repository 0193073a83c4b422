import { i18n } from "@lingui/core";
import { useQuery } from "@tanstack/react-query";
import { lazy, Suspense, useState, type KeyboardEvent } from "react";
import { usePlayer } from "@/player/usePlayer";
import { Problem } from "@/shared/api/problem";
import { queries } from "@/shared/api/queries";
import type { Id, Lyrics } from "@/shared/api/types";
import { Button, IconButton } from "@/shared/ui/Button";
import { Icon } from "@/shared/ui/Icon";
import { openMenu } from "@/shared/ui/menu";
import { toast } from "@/shared/ui/toast";
import { farthestMs, useLyricEdits } from "./lyricEdits";
import { chooseLyrics, keyOf, languageTag, useLyrics } from "./useLyrics";

const LyricsDialog = lazy(() => import("./LyricsDialog"));

function languageName(code: string): string | null {
  const tag = languageTag(code);
  return tag ? (new Intl.DisplayNames(i18n.locale, { type: "language" }).of(tag) ?? null) : null;
}

/** Where a text comes from and in which language, as a listener would say it. */
export function provenance(lyrics: Lyrics): string {
  const sources: Record<string, string> = { tag: i18n.t("From the file’s tags"), lrc: i18n.t("From the .lrc file"), lrclib: i18n.t("From LRCLIB"), user: i18n.t("Your text") };
  return [sources[lyrics.source] ?? lyrics.source, languageName(lyrics.language)].filter(Boolean).join(" · ");
}
const kind = (lyrics: Lyrics): string => (lyrics.lines.some((line) => line.words?.length) ? i18n.t("word by word") : lyrics.synced ? i18n.t("synced") : i18n.t("plain"));

const seconds = (ms: number): string => `${ms > 0 ? "+" : ms < 0 ? "−" : ""}${new Intl.NumberFormat(i18n.locale, { minimumFractionDigits: 1, maximumFractionDigits: 2 }).format(Math.abs(ms) / 1000)}`;

/** Brings the words earlier (+) or later (−). One stop for the keyboard: arrows 0.1 s, Page 0.5 s, Home resets. */
function Timing({ trackId, offsetMs }: { trackId: Id; offsetMs: number }) {
  const { setOffset } = useLyricEdits(trackId);
  const by = (ms: number) => (): void => setOffset(offsetMs + ms);
  const onKeyDown = (event: KeyboardEvent): void => {
    const keys: Record<string, () => void> = { ArrowRight: by(100), ArrowUp: by(100), ArrowLeft: by(-100), ArrowDown: by(-100), PageUp: by(500), PageDown: by(-500), Home: () => setOffset(0) };
    const act = keys[event.key];
    if (!act) return;
    event.preventDefault();
    event.stopPropagation();
    act();
  };
  const step = (ms: number, label: string) => (
    <button type="button" className="lyric-step num" tabIndex={-1} aria-label={`${seconds(ms)}: ${label}`} onClick={by(ms)}>
      {seconds(ms)}
    </button>
  );
  return (
    <div className="lyric-timing" role="group" aria-label={i18n.t("Timing of the lyrics")}>
      {step(-500, i18n.t("Half a second later"))}
      {step(-100, i18n.t("A tenth of a second later"))}
      <span
        className="lyric-offset num"
        role="spinbutton"
        tabIndex={0}
        aria-label={i18n.t("Words earlier or later")}
        aria-valuenow={offsetMs / 1000}
        aria-valuemin={-farthestMs / 1000}
        aria-valuemax={farthestMs / 1000}
        aria-valuetext={i18n.t("{seconds} s", { seconds: seconds(offsetMs) })}
        onKeyDown={onKeyDown}
      >
        {i18n.t("{seconds} s", { seconds: seconds(offsetMs) })}
      </span>
      {step(100, i18n.t("A tenth of a second earlier"))}
      {step(500, i18n.t("Half a second earlier"))}
      <IconButton icon="undo" size="s" label={i18n.t("Reset the timing")} disabled={offsetMs === 0} onClick={() => setOffset(0)} />
    </div>
  );
}

/** What the words are and what can be done with them: another text, the timing, an own text. */
export function LyricTools() {
  const trackId = usePlayer((state) => state.track?.id ?? null);
  const { lyrics, all } = useLyrics();
  const [timing, setTiming] = useState(false);
  const [editing, setEditing] = useState(false);
  if (!lyrics || !trackId) return null;
  const choose = (origin: HTMLElement): void =>
    openMenu(
      origin,
      i18n.t("Lyrics"),
      all.map((one) => ({ label: `${provenance(one)}, ${kind(one)}`, checked: keyOf(one) === keyOf(lyrics), run: () => chooseLyrics(trackId, one) })),
    );
  return (
    <div className="lyric-tools">
      {timing && lyrics.synced && <Timing key={trackId} trackId={trackId} offsetMs={lyrics.offset_ms ?? 0} />}
      <div className="row">
        {all.length > 1 ? (
          <button type="button" className="lyric-source" aria-haspopup="menu" onClick={(event) => choose(event.currentTarget)}>
            <span className="cut">{provenance(lyrics)}</span>
            <Icon name="chev-down" size="s" />
          </button>
        ) : (
          <p className="lyric-source cut">{provenance(lyrics)}</p>
        )}
        <span className="grow" />
        {lyrics.synced && <IconButton icon="clock" size="s" label={i18n.t("Timing")} pressed={timing} onClick={() => setTiming(!timing)} />}
        <IconButton icon="edit" size="s" label={i18n.t("Edit lyrics")} onClick={() => setEditing(true)} />
      </div>
      <Suspense>{editing && <LyricsDialog trackId={trackId} shown={lyrics} own={all.find((one) => one.source === "user") ?? null} onClose={() => setEditing(false)} />}</Suspense>
    </div>
  );
}

/** For a track without words: look for them, or write them. */
export function NoLyricsTools({ trackId }: { trackId: Id }) {
  const { find } = useLyricEdits(trackId);
  const { data: server } = useQuery(queries.server());
  const [busy, setBusy] = useState(false);
  const [searched, setSearched] = useState(false);
  const [editing, setEditing] = useState(false);
  const canSearch = server?.lyrics_search ?? false;
  const look = async (): Promise<void> => {
    setBusy(true);
    try {
      const answer = await find();
      setSearched(answer !== "found");
      if (answer === "none") toast({ text: i18n.t("LRCLIB has no lyrics for this track.") });
      if (answer === "off") toast({ text: i18n.t("This server does not look for lyrics.") });
    } catch (error) {
      toast({ text: error instanceof Problem ? error.message : String(error) });
    } finally {
      setBusy(false);
    }
  };
  return (
    <div className="row lyric-none">
      {canSearch && !searched && (
        <Button icon="search" busy={busy && i18n.t("Looking")} onClick={() => void look()}>
          {i18n.t("Find lyrics")}
        </Button>
      )}
      <Button kind="quiet" icon="edit" onClick={() => setEditing(true)}>
        {i18n.t("Write them")}
      </Button>
      <Suspense>{editing && <LyricsDialog trackId={trackId} shown={null} own={null} onClose={() => setEditing(false)} />}</Suspense>
    </div>
  );
}
