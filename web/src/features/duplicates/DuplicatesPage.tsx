import { i18n } from "@lingui/core";
import { infiniteQueryOptions } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { playAgain } from "@/media/play";
import { useTrackMenu } from "@/media/useTrackMenu";
import { currentTrackId, usePlayer } from "@/player/usePlayer";
import { api } from "@/shared/api/client";
import { useUser } from "@/shared/api/session";
import type { Duplicate, DuplicatePage, Page, RecordingCopy } from "@/shared/api/types";
import { usePages } from "@/shared/hooks/usePages";
import { usePageLook } from "@/shared/hooks/scope";
import { useTitle } from "@/shared/hooks/useTitle";
import { bytes, length, quality } from "@/shared/lib/format";
import { Button, IconButton } from "@/shared/ui/Button";
import { Cover } from "@/shared/ui/Cover";
import { EmptyState, ErrorState, SkeletonRows } from "@/shared/ui/states";
import "./duplicates.css";

const atOnce = 50;
const duplicates = () =>
  infiniteQueryOptions({
    queryKey: ["duplicates"] as const,
    queryFn: ({ pageParam, signal }) => api.get<Page<Duplicate>>("duplicates", { limit: atOnce, cursor: pageParam }, signal),
    initialPageParam: null as string | null,
    getNextPageParam: (last: Page<Duplicate>) => last.next,
  });

/** Recordings of which there are several files, the best file of each first. Nothing is deleted here. */
export default function DuplicatesPage() {
  const user = useUser();
  const { items, total, data, error, isPending, more, hasNextPage, isFetchingNextPage, refetch } = usePages<Duplicate, readonly ["duplicates"]>(duplicates());
  usePageLook({});
  useTitle(i18n.t("Duplicates"));
  const note = (data?.pages[0] as Partial<DuplicatePage> | undefined)?.note;
  return (
    <div className="dup">
      <header>
        <h1 className="h-28">{i18n.t("Duplicates")}</h1>
        <p className="about">
          {user.role === "admin"
            ? i18n.t("The same recording in several files, the best first. Nothing is deleted here: the paths say where the others lie.")
            : i18n.t("The same recording in several files, the best first.")}
        </p>
        {total !== undefined && total > 0 && <p className="t-12 t-3 num">{i18n.t("{n, plural, one {# recording} other {# recordings}}", { n: total })}</p>}
        {note && items.length > 0 && <p className="t-12 t-3">{note}</p>}
      </header>
      {isPending && <SkeletonRows count={8} />}
      {error && items.length === 0 && <ErrorState what={i18n.t("The duplicates could not be loaded")} error={error} onRetry={() => void refetch()} />}
      {!isPending && !error && items.length === 0 && (
        <EmptyState
          icon="check"
          title={i18n.t("No duplicates")}
          action={
            <Link className="btn" to="/library/albums">
              {i18n.t("Open the library")}
            </Link>
          }
        >
          {note ?? i18n.t("Every recording is here once. Recordings are compared by how they sound, so two encodings of the same one would be found.")}
        </EmptyState>
      )}
      {items.map((group) => (
        <Group key={group.tracks.map((copy) => copy.track.id).join()} group={group} />
      ))}
      {hasNextPage && (
        <Button busy={isFetchingNextPage && i18n.t("Loading")} onClick={more}>
          {i18n.t("Show more")}
        </Button>
      )}
    </div>
  );
}

function Group({ group }: { group: Duplicate }) {
  const best = group.tracks.find((copy) => copy.best) ?? group.tracks[0];
  if (!best) return null;
  const { title, artist } = best.track;
  const alike = new Intl.NumberFormat(i18n.locale, { style: "percent", maximumFractionDigits: 1 }).format(Math.min(group.similarity, 0.999));
  return (
    <section className="sect dup-group">
      <h2 className="h-16">
        {title} <span className="t-2">{artist}</span>
      </h2>
      <p className="t-12 t-3 num">{group.similarity >= 1 ? i18n.t("The same recording: identical in sound") : i18n.t("The same recording: {alike} alike in sound", { alike })}</p>
      <ul aria-label={i18n.t("Files of {title}", { title })}>
        {group.tracks.map((copy) => (
          <Copy key={copy.track.id} copy={copy} />
        ))}
      </ul>
    </section>
  );
}

function Copy({ copy }: { copy: RecordingCopy }) {
  const { track, best } = copy;
  const openMenu = useTrackMenu();
  const current = usePlayer((state) => currentTrackId(state) === track.id);
  const what = quality(copy.quality) ?? copy.quality.format.toUpperCase();
  return (
    <li className="dup-copy" aria-current={current || undefined}>
      <Cover coverId={track.cover_id} alt="" size={96} accent={track.accent} seed={track.album_id ?? track.id} />
      <span className="dup-what">
        <b className="row">
          {what}
          {best && (
            <span className="badge" data-kind="accent">
              {i18n.t("Best")}
            </span>
          )}
        </b>
        <small className="num">
          {[copy.quality.lossless ? i18n.t("lossless") : i18n.t("lossy"), bytes(copy.quality.size), length(copy.quality.duration_s)].join(" · ")}
        </small>
      </span>
      <span className="dup-where">
        {track.album_id ? (
          <Link className="cut" to="/albums/$albumId" params={{ albumId: track.album_id }}>
            {track.album}
          </Link>
        ) : (
          <span className="t-3">{i18n.t("No album in the tags")}</span>
        )}
        {copy.path && (
          <small className="cut" data-tip={copy.path} data-tip-cut>
            {copy.path}
          </small>
        )}
      </span>
      <IconButton icon="play" size="s" label={i18n.t("Play {name} in {quality}", { name: track.title, quality: what })} onClick={() => playAgain(track)} />
      <IconButton icon="more" size="s" label={i18n.t("More for {name} in {quality}", { name: track.title, quality: what })} aria-haspopup="menu" onClick={(event) => openMenu(event.currentTarget, track)} />
    </li>
  );
}
