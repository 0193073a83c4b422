import { i18n } from "@lingui/core";
import { Link, useCanGoBack, useNavigate, useRouter } from "@tanstack/react-router";
import { useCallback, useEffect, useState, type ReactNode } from "react";
import { toggleLyrics, useNowPlayingLook } from "@/media/nowPlaying";
import { closePanel, showPanel, togglePanel, usePanel } from "@/media/panel";
import { usePlayer } from "@/player/usePlayer";
import { usePageLook } from "@/shared/hooks/scope";
import { useIdle } from "@/shared/hooks/useIdle";
import { useCoarsePointer, usePhone } from "@/shared/hooks/useMedia";
import { useTitle } from "@/shared/hooks/useTitle";
import { IconButton } from "@/shared/ui/Button";
import { EmptyState, Skeleton } from "@/shared/ui/states";
import "./now-playing.css";
import { LyricLines } from "./LyricLines";
import { NextUp } from "./NextUp";
import { NowArt } from "./NowArt";
import { NowFacts } from "./NowFacts";
import { NowTools, SleepButton } from "./NowTools";
import { QualityBadge } from "./QualityBadge";
import { SeekBar } from "./SeekBar";
import { ShortcutsLayer } from "./ShortcutsLayer";
import { Transport } from "./Transport";
import { useLiveTrack } from "./useLiveTrack";
import { useLyrics } from "./useLyrics";
import { useSwipeDown } from "./useSwipeDown";
import { Volume } from "./Volume";

const restMs = 4000;

function useClose(): () => void {
  const router = useRouter();
  const canGoBack = useCanGoBack();
  const navigate = useNavigate();
  return useCallback(() => {
    if (document.fullscreenElement) void document.exitFullscreen();
    if (canGoBack) router.history.back();
    else void navigate({ to: "/" });
  }, [canGoBack, navigate, router]);
}

/** Esc closes the topmost thing only; the browser itself takes the one that leaves full screen. */
function useEscape(close: () => void): void {
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      if (event.key !== "Escape" || event.defaultPrevented || document.querySelector('[role="dialog"],[role="menu"]')) return;
      if (usePanel.getState().over) closePanel("over");
      else close();
    };
    window.addEventListener("keydown", onKey);
    return () => window.removeEventListener("keydown", onKey);
  }, [close]);
}

function From() {
  const source = usePlayer((state) => state.queue.source);
  const album = usePlayer((state) => state.track?.album);
  const name = source?.name || album;
  if (!name) return <span />;
  const link =
    source?.kind === "album" && source.id ? (
      <Link to="/albums/$albumId" params={{ albumId: source.id }}>
        {name}
      </Link>
    ) : source?.kind === "playlist" && source.id ? (
      <Link to="/playlists/$playlistId" params={{ playlistId: source.id }}>
        {name}
      </Link>
    ) : (
      <b>{name}</b>
    );
  return (
    <p className="t-12 t-2 w5 np-from cut">
      {i18n.t("Playing from")} {link}
    </p>
  );
}

function Nothing({ coming }: { coming: boolean }) {
  return (
    <div className="np-art">
      <h1 className="sr">{i18n.t("Now playing")}</h1>
      {coming ? (
        <>
          <div className="np-cover">
            <Skeleton className="sk-art" />
          </div>
          <div className="np-title">
            <Skeleton className="sk-line" />
          </div>
        </>
      ) : (
        <EmptyState
          icon="album"
          title={i18n.t("Nothing is playing")}
          action={
            <Link className="btn" to="/library/albums">
              {i18n.t("Open the library")}
            </Link>
          }
        >
          {i18n.t("Choose an album, and it will be here.")}
        </EmptyState>
      )}
    </div>
  );
}

interface NowPlayingProps {
  /** The picture of the sound behind everything. */
  visual?: ReactNode;
  /** The panel over the page. */
  panel?: ReactNode;
}

export default function NowPlayingPage({ visual, panel }: NowPlayingProps) {
  const track = useLiveTrack();
  const coming = usePlayer((state) => state.queue.index >= 0);
  const { lyrics, line } = useLyrics();
  const close = useClose();
  const phone = usePhone();
  const idle = useIdle(restMs, !useCoarsePointer());
  const wantsLyrics = useNowPlayingLook((look) => look.lyrics);
  const [reading, setReading] = useState(false);
  const over = usePanel((state) => state.over);
  const { sheet, handlers } = useSwipeDown(close);
  usePageLook({ owns: true, accent: track?.accent ?? null });
  useTitle(track ? `${track.title}, ${track.artist}` : i18n.t("Now playing"));
  useEscape(close);
  useEffect(() => () => closePanel("over"), []);

  const words = !lyrics ? "none" : phone ? (reading ? "full" : "peek") : wantsLyrics ? "column" : "none";
  const info = (): void => showPanel("info", "over");
  const panels = (
    <>
      <IconButton
        icon="lyrics"
        label={i18n.t("Lyrics")}
        keys="Y"
        pressed={words === "column" || words === "full" || over === "lyrics"}
        disabled={!track}
        onClick={() => (!lyrics ? togglePanel("lyrics", "over") : phone ? setReading(!reading) : toggleLyrics())}
      />
      <IconButton icon="queue" label={i18n.t("Queue")} keys="Q" pressed={over === "queue"} onClick={() => togglePanel("queue", "over")} />
    </>
  );
  const devices = <IconButton icon="device" label={i18n.t("Devices")} pressed={over === "devices"} onClick={() => togglePanel("devices", "over")} />;
  return (
    <main className="np" id="main" tabIndex={-1} ref={sheet} data-words={words} data-idle={idle || undefined} data-over={over ?? undefined} {...(phone ? handlers : {})}>
      {visual}
      <div className="np-top">
        <IconButton icon="chev-down" label={i18n.t("Close now playing")} keys="Esc" onClick={close} />
        <From />
        <NowTools track={track} />
      </div>
      {track ? <NowArt track={track} /> : <Nothing coming={coming} />}
      {lyrics && words !== "none" && (
        <section className="np-words" aria-label={i18n.t("Lyrics")} data-scrolls="">
          <LyricLines key={track?.id} lyrics={lyrics} line={line} />
        </section>
      )}
      <section className="np-ctl" aria-label={i18n.t("Player")}>
        <SeekBar pitch={phone ? 3 : 4} />
        <div className="np-tools">
          <div className="row np-start">
            {phone && devices}
            <QualityBadge onOpen={info} />
            {!phone && track && <NowFacts track={track} />}
          </div>
          <Transport large />
          <div className="row np-end">
            {!phone && <NextUp />}
            {phone && <PhoneSleep />}
            {panels}
            {!phone && devices}
            {!phone && <Volume />}
          </div>
        </div>
      </section>
      {panel}
      <ShortcutsLayer />
    </main>
  );
}

/** A phone sets the timer in the menu; a running one is always in sight. */
function PhoneSleep() {
  const running = usePlayer((state) => state.sleep !== null);
  return running ? <SleepButton /> : null;
}
