import { i18n } from "@lingui/core";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useEffect } from "react";
import { playAgain } from "@/media/play";
import { useTrackMenu } from "@/media/useTrackMenu";
import { length } from "@/shared/lib/format";
import { announce } from "@/shared/ui/a11y";
import { Button, IconButton } from "@/shared/ui/Button";
import { Cover } from "@/shared/ui/Cover";
import type { MapRegion } from "@/shared/api/types";
import { pointTrack } from "./tracks";

interface TrackCardProps {
  layout: number;
  index: number;
  region: MapRegion | undefined;
  onClose: () => void;
  onPath: () => void;
  onRegion: (region: MapRegion) => void;
}

export function TrackCard({ layout, index, region, onClose, onPath, onRegion }: TrackCardProps) {
  const { data: track, isSuccess } = useQuery(pointTrack(layout, index));
  const openMenu = useTrackMenu();
  useEffect(() => {
    if (track) announce(i18n.t("{title} by {artist}", { title: track.title, artist: track.artist }));
  }, [track]);
  return (
    <section className="map-card" aria-label={i18n.t("Track")} aria-busy={!isSuccess}>
      <div className="map-track">
        <span className="map-track-art">{track ? <Cover coverId={track.cover_id} alt="" size={96} accent={track.accent} seed={track.album_id ?? track.id} eager /> : <span className="art" />}</span>
        <div className="grow">
          <h2 className="h-16 cut">{track ? track.title : isSuccess ? i18n.t("This track is gone") : " "}</h2>
          {track && (
            <>
              <p className="t-2 cut">
                {track.artists[0] ? (
                  <Link to="/artists/$artistId" params={{ artistId: track.artists[0].id }}>
                    {track.artist}
                  </Link>
                ) : (
                  track.artist
                )}
              </p>
              <p className="t-12 t-3 cut num">
                {track.album_id && (
                  <Link to="/albums/$albumId" params={{ albumId: track.album_id }}>
                    {track.album}
                  </Link>
                )}
                <span className="dot" />
                {length(track.duration_s)}
              </p>
            </>
          )}
        </div>
        <IconButton icon="close" label={i18n.t("Close")} keys="Esc" onClick={onClose} />
      </div>
      {track && (
        <div className="row map-acts">
          <Button kind="primary" icon="play" onClick={() => playAgain(track)}>
            {i18n.t("Play")}
          </Button>
          <Button icon="path" onClick={onPath}>
            {i18n.t("Path from here")}
          </Button>
          <IconButton
            icon="more"
            label={i18n.t("More for {name}", { name: track.title })}
            aria-haspopup="menu"
            onClick={(event) => openMenu(event.currentTarget, track, region ? [{ label: i18n.t("Choose this region"), icon: "lasso", run: () => onRegion(region) }] : [])}
          />
        </div>
      )}
    </section>
  );
}
