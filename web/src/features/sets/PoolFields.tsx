import { i18n } from "@lingui/core";
import { useQuery } from "@tanstack/react-query";
import { useId } from "react";
import { DecadeChip, EnergyChip, GenreChip, KeyChip, LikedChip, RatingChip, TempoChip } from "@/media/FilterChips";
import { TrackFinder } from "@/media/TrackFinder";
import type { TrackFilters } from "@/media/trackFilters";
import type { SetPool } from "@/shared/api/djSets";
import { queries } from "@/shared/api/queries";
import { trackItemQuery } from "@/shared/api/trackItems";
import type { Id } from "@/shared/api/types";
import { trackCount } from "@/shared/lib/format";
import { IconButton } from "@/shared/ui/Button";
import { Segmented } from "@/shared/ui/controls";
import { Select } from "@/shared/ui/Field";
import { readRule, ruleOf } from "./pools";
import { RuleText } from "./RuleText";
import { playlistsQuery, shelfQuery } from "./words";

type From = "playlist" | "rule" | "tracks";
const fromOf = ({ kind }: SetPool): From => (kind === "tracks" ? kind : kind === "playlist" || kind === "folder" ? "playlist" : "rule");

/** Where a set may choose from: a playlist or a folder of them, everything that passes a filter, or tracks one by one. */
export function PoolFields({ pool, onChange }: { pool: SetPool; onChange: (pool: SetPool) => void }) {
  const label = useId();
  const from = fromOf(pool);
  return (
    <div className="field">
      <span className="label" id={label}>
        {i18n.t("Choose from")}
      </span>
      <Segmented
        label={i18n.t("Choose from")}
        value={from}
        options={[
          { value: "playlist", label: i18n.t("Playlist") },
          { value: "rule", label: i18n.t("Filter") },
          { value: "tracks", label: i18n.t("Tracks") },
        ]}
        onChange={(next: From) => onChange(next === "rule" ? { kind: "library" } : next === "tracks" ? { kind: "tracks", track_ids: [] } : { kind: "playlist", id: null })}
      />
      <div className="dj-pool">
        {from === "playlist" && <OfPlaylist pool={pool} onChange={onChange} />}
        {from === "rule" && <OfFilter pool={pool} onChange={onChange} />}
        {from === "tracks" && <OfTracks ids={pool.track_ids ?? []} onChange={onChange} />}
      </div>
    </div>
  );
}

function OfPlaylist({ pool, onChange }: { pool: SetPool; onChange: (pool: SetPool) => void }) {
  const { data: lists, error } = useQuery(playlistsQuery());
  const { data: shelf } = useQuery(shelfQuery());
  if (error && !lists) return <p className="field-note">{i18n.t("The playlists could not be loaded")}</p>;
  if (lists?.length === 0) return <p className="field-note">{i18n.t("There is no playlist yet. Choose by a filter, or tracks one by one.")}</p>;
  const options = [
    { value: "", label: i18n.t("Choose a playlist") },
    ...(shelf?.folders ?? []).map((folder) => ({ value: `folder:${folder.id}`, label: i18n.t("{name}, all playlists of the folder", { name: folder.name }) })),
    ...(lists ?? []).map((list) => ({ value: `playlist:${list.id}`, label: i18n.t("{name}, {count}", { name: list.name, count: trackCount(list.track_count) }) })),
  ];
  const choose = (value: string): void => {
    const [kind, id] = value.split(":");
    onChange({ kind: kind === "folder" ? "folder" : "playlist", id: id ?? null });
  };
  return <Select label={i18n.t("Playlist")} hideLabel value={pool.id ? `${pool.kind}:${pool.id}` : ""} options={options} onChange={(event) => choose(event.target.value)} />;
}

function OfFilter({ pool, onChange }: { pool: SetPool; onChange: (pool: SetPool) => void }) {
  const { data: genres = [] } = useQuery(queries.genres());
  const read = readRule(pool.kind === "rule" ? pool.rule : null);
  const genreId = pool.kind === "genre" ? (pool.id ?? undefined) : genres.find((one) => one.name === read.genre)?.id;
  const value: TrackFilters = { ...read.filters, ...(genreId ? { genre_id: genreId } : {}), ...(pool.kind === "liked" ? { liked: true } : {}) };
  const change = (part: TrackFilters): void => {
    const next = { ...value, ...part };
    const rule = ruleOf(next, genres.find((one) => one.id === next.genre_id)?.name ?? null);
    onChange(rule ? { kind: "rule", rule } : { kind: "library" });
  };
  const chip = { value, onChange: change };
  return (
    <>
      <div className="chips">
        <GenreChip {...chip} />
        <TempoChip {...chip} />
        <KeyChip {...chip} />
        <EnergyChip {...chip} />
        <DecadeChip {...chip} />
        <RatingChip {...chip} />
        <LikedChip {...chip} />
      </div>
      <RuleText rule={pool.kind === "rule" ? (pool.rule ?? null) : null} onRead={(rule) => onChange({ kind: "rule", rule })} />
      <p className="field-note">{read.more ? i18n.t("The rule says more than the filters above can show. A filter makes a new one.") : pool.kind === "library" ? i18n.t("Nothing is filtered out: the whole library.") : i18n.t("Filters add up.")}</p>
    </>
  );
}

function OfTracks({ ids, onChange }: { ids: readonly Id[]; onChange: (pool: SetPool) => void }) {
  const set = (track_ids: Id[]): void => onChange({ kind: "tracks", track_ids });
  return (
    <>
      <TrackFinder label={i18n.t("Add a track")} without={ids} onPick={(track) => set([...ids, track.id])} />
      {ids.length > 0 && (
        <ul className="dj-chosen-tracks" aria-label={i18n.t("Chosen tracks")}>
          {ids.map((id) => (
            <li key={id}>
              <Chosen id={id} onRemove={() => set(ids.filter((one) => one !== id))} />
            </li>
          ))}
        </ul>
      )}
    </>
  );
}

function Chosen({ id, onRemove }: { id: Id; onRemove: () => void }) {
  const { data: track } = useQuery(trackItemQuery(id));
  return (
    <div className="row">
      <span className="cut grow">
        {track?.title ?? " "} <small className="t-3">{track?.artist}</small>
      </span>
      <IconButton icon="close" size="s" label={i18n.t("Without {title}", { title: track?.title ?? "" })} onClick={onRemove} />
    </div>
  );
}
