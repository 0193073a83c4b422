import { i18n } from "@lingui/core";
import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { playAlbum } from "@/media/play";
import { queries } from "@/shared/api/queries";
import type { Scan } from "@/shared/api/types";
import { count } from "@/shared/lib/format";
import { Button } from "@/shared/ui/Button";
import { Cover } from "@/shared/ui/Cover";
import { Skeleton } from "@/shared/ui/states";
import { useTimeLeft } from "./useTimeLeft";

const places = 24;

function useReading() {
  const scans = useQuery({ ...queries.currentScans(), refetchInterval: 1000 });
  const running = scans.data?.find((scan) => !scan.finished_at);
  const libraries = useQuery({ ...queries.libraries(), refetchInterval: 1500 });
  const albums = useInfiniteQuery({ ...queries.albums({ sort: "added", order: "desc" }), refetchInterval: running ? 2000 : 5000 });
  const last = libraries.data?.[0]?.last_scan ?? null;
  const scan: Scan | null = running ?? last;
  const tracks = libraries.data?.reduce((sum, library) => sum + library.tracks, 0) ?? 0;
  const read = scan ? scan.added + scan.updated + scan.unchanged : 0;
  return {
    scan,
    path: libraries.data?.[0]?.path ?? "",
    done: !running && last?.finished_at != null,
    tracks: Math.max(tracks, running ? read : 0),
    albums: albums.data?.pages.flatMap((page) => page.items) ?? [],
    albumTotal: albums.data?.pages[0]?.total ?? albums.data?.pages[0]?.items.length ?? 0,
  };
}

export function ReadingStep({ onBack, onDone }: { onBack: () => void; onDone: () => void }) {
  const { scan, path, done, tracks, albums, albumTotal } = useReading();
  const files = Math.max(scan?.files ?? 0, scan?.seen ?? 0);
  const percent = done ? 100 : files > 0 ? Math.min(100, ((scan?.seen ?? 0) / files) * 100) : 0;
  const left = useTimeLeft(scan?.seen ?? 0, files, done);
  const first = albums.at(-1);
  return (
    <>
      <header>
        <h1 className="h-28">{done ? i18n.t("Your music is here") : i18n.t("Reading your music")}</h1>
        <p className="t-2 t-16 setup-about cut">
          {path}
          {files > 0 && (
            <>
              <span className="dot" />
              {i18n.t("{n, plural, one {# file found} other {# files found}}", { n: files })}
            </>
          )}
        </p>
      </header>
      <section aria-label={i18n.t("Progress")}>
        <div className="row between setup-count">
          <p>
            <span className="big-n">{count(tracks)}</span> <span className="t-2 t-16">{i18n.t("{n, plural, one {track} other {tracks}}", { n: tracks })}</span>
          </p>
          <dl className="row num sstat">
            <div>
              <dt>{i18n.t("Albums")}</dt>
              <dd>{count(albumTotal)}</dd>
            </div>
            <div>
              <dt>{i18n.t("With a problem")}</dt>
              <dd>{count(scan?.broken ?? 0)}</dd>
            </div>
            {left && (
              <div className="only-d">
                <dt>{i18n.t("Left")}</dt>
                <dd>{left}</dd>
              </div>
            )}
          </dl>
        </div>
        <div className="progress" role="progressbar" aria-label={i18n.t("Files read")} aria-valuemin={0} aria-valuemax={100} aria-valuenow={Math.round(percent)}>
          <i style={{ width: `${percent}%` }} />
        </div>
        {scan?.error && <p className="setup-bad">{scan.error}</p>}
      </section>
      <ul className="mosaic" aria-label={i18n.t("Covers found so far")}>
        {[...albums].reverse().slice(0, places).map((album) => (
          <li key={album.id}>
            <button type="button" aria-label={i18n.t("Play {name}", { name: album.title })} data-tip={`${album.title}, ${album.artist}`} onClick={() => void playAlbum(album.id)}>
              <Cover coverId={album.cover_id} alt="" size={320} accent={album.accent} seed={album.id} eager />
            </button>
          </li>
        ))}
        {!done && Array.from({ length: Math.max(0, places - albums.length) }, (_, index) => <li key={`wait-${index}`}><Skeleton className="sk-art" /></li>)}
      </ul>
      <footer className="row between">
        <Button kind="quiet" onClick={onBack}>
          {i18n.t("Back")}
        </Button>
        <div className="row">
          {first && (
            <Button icon="play" className="only-d" onClick={() => void playAlbum(first.id)}>
              {i18n.t("Start playing")}
            </Button>
          )}
          <Button kind="primary" onClick={onDone}>
            {i18n.t("Continue")}
          </Button>
        </div>
      </footer>
    </>
  );
}
