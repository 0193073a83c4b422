import { i18n } from "@lingui/core";
import { Link, useCanGoBack, useNavigate, useRouter } from "@tanstack/react-router";
import { useCallback, useEffect } from "react";
import { LikeButton } from "@/media/LikeButton";
import { useTrackMenu } from "@/media/useTrackMenu";
import { usePlayer } from "@/player/usePlayer";
import { usePageLook } from "@/shared/hooks/scope";
import { usePhone } from "@/shared/hooks/useMedia";
import { useTitle } from "@/shared/hooks/useTitle";
import { quality } from "@/shared/lib/format";
import { IconButton } from "@/shared/ui/Button";
import { Cover } from "@/shared/ui/Cover";
import { EmptyState } from "@/shared/ui/states";
import "./now-playing.css";
import { LyricLines } from "./LyricLines";
import { ArtistLinks } from "./PlayerBar";
import { SeekBar } from "./SeekBar";
import { ShortcutsLayer } from "./ShortcutsLayer";
import { Transport } from "./Transport";
import { useTrouble } from "./Trouble";
import { useLiveTrack } from "./useLiveTrack";
import { useLyrics } from "./useLyrics";
import { Volume } from "./Volume";

function useClose(): () => void {
  const router = useRouter();
  const canGoBack = useCanGoBack();
  const navigate = useNavigate();
  return useCallback(() => {
    if (canGoBack) router.history.back();
    else void navigate({ to: "/" });
  }, [canGoBack, navigate, router]);
}

function From() {
  const source = usePlayer((state) => state.queue.source);
  const album = usePlayer((state) => state.track?.album);
  const name = source?.name || album;
  if (!name) return <span />;
  const link = source?.kind === "album" && source.id ? <Link to="/albums/$albumId" params={{ albumId: source.id }}>{name}</Link> : <b>{name}</b>;
  return (
    <p className="t-12 t-2 w5 np-from cut">
      {i18n.t("Playing from")} {link}
    </p>
  );
}

export default function NowPlayingPage() {
  const track = useLiveTrack();
  const { lyrics, line } = useLyrics();
  const trouble = useTrouble();
  const close = useClose();
  const phone = usePhone();
  const menu = useTrackMenu();
  const navigate = useNavigate();
  const badge = track ? quality(track) : null;
  usePageLook({ owns: true, accent: track?.accent ?? null });
  useTitle(track ? `${track.title}, ${track.artist}` : i18n.t("Now playing"));

  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      if (event.key === "Escape" && !event.defaultPrevented && !document.querySelector('[role="dialog"],[role="menu"]')) close();
    };
    window.addEventListener("keydown", onKey);
    return () => window.removeEventListener("keydown", onKey);
  }, [close]);

  return (
    <main className="np" id="main" tabIndex={-1} data-lyrics={lyrics ? "" : undefined}>
      <div className="np-top">
        <IconButton icon="chev-down" label={i18n.t("Close now playing")} keys="Esc" onClick={close} />
        <From />
        {track ? <IconButton icon="more" label={i18n.t("More for {name}", { name: track.title })} aria-haspopup="menu" onClick={(event) => menu(event.currentTarget, track)} /> : <span />}
      </div>
      {track ? (
        <>
          <div className="np-art">
            <Cover coverId={track.cover_id} alt={i18n.t("Cover of {name}", { name: track.album ?? track.title })} size={960} accent={track.accent} eager />
            <div className="row between">
              <div className="cut">
                <h1 className="h-28 cut">{track.title}</h1>
                <p className="t-16 t-2 cut" role={trouble ? "alert" : undefined}>
                  {trouble ?? <ArtistLinks artists={track.artists} fallback={track.artist} />}
                </p>
              </div>
              <LikeButton kind="track" id={track.id} name={track.title} liked={track.liked} />
            </div>
          </div>
          {lyrics && (
            <section className="np-words" aria-label={i18n.t("Lyrics")}>
              <LyricLines lyrics={lyrics} line={line} />
            </section>
          )}
        </>
      ) : (
        <div className="np-art">
          <h1 className="sr">{i18n.t("Now playing")}</h1>
          <EmptyState icon="album" title={i18n.t("Nothing is playing")} action={<Link className="btn" to="/library/albums">{i18n.t("Open the library")}</Link>}>
            {i18n.t("Choose an album, and it will be here.")}
          </EmptyState>
        </div>
      )}
      <section className="np-ctl" aria-label={i18n.t("Player")}>
        <SeekBar />
        <div className="np-tools">
          <div className="row">{badge && <span className="badge">{badge}</span>}</div>
          <Transport large />
          <div className="row np-end">
            <IconButton icon="queue" label={i18n.t("Queue")} keys="Q" onClick={() => void navigate({ to: "/queue" })} />
            {!phone && <Volume />}
          </div>
        </div>
      </section>
      <ShortcutsLayer />
    </main>
  );
}
