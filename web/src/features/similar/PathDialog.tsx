import { i18n } from "@lingui/core";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { TrackFinder } from "@/media/TrackFinder";
import { api } from "@/shared/api/client";
import type { PathBody, SonicPath, TrackItem } from "@/shared/api/types";
import { trackCount } from "@/shared/lib/format";
import { IconButton } from "@/shared/ui/Button";
import { Chip } from "@/shared/ui/controls";
import { Dialog } from "@/shared/ui/Dialog";
import { Slider } from "@/shared/ui/Slider";
import { ErrorState, SkeletonRows } from "@/shared/ui/states";
import { Chosen, FoundActions, FoundList } from "./Found";
import { closeSonic, type SonicRequest } from "./requests";
import "./similar.css";

const lengths = { least: 3, most: 60, first: 15 } as const;
const smallStep = 0.06;

/** A way from one track to another in small steps of sound, as long as one likes. */
export default function PathDialog({ request }: { request: Extract<SonicRequest, { kind: "path" }> }) {
  const [from, setFrom] = useState<TrackItem | null>(request.from);
  const [to, setTo] = useState(request.to);
  const [length, setLength] = useState<number>(lengths.first);
  const [once, setOnce] = useState(false);
  const [smooth, setSmooth] = useState(false);
  const [keys, setKeys] = useState(false);
  const body = { from_id: from?.id ?? "", to_id: to?.id ?? "", length, per_artist: once ? 1 : null, bpm_step: smooth ? smallStep : null, keys_mix: keys };
  const ready = from !== null && to !== null;
  const { data, error, isFetching, isPlaceholderData, refetch } = useQuery({
    queryKey: ["sonic-path", body],
    queryFn: ({ signal }) => api.post<SonicPath>("sonic/path", body satisfies Partial<PathBody>, { signal }),
    enabled: ready,
    staleTime: 5 * 60_000,
    placeholderData: keepPreviousData,
  });
  const items = ready ? (data?.items ?? []) : [];
  const name = ready ? i18n.t("From {a} to {b}", { a: from.title, b: to.title }) : "";
  const taken = [from?.id, to?.id].filter((id) => id !== undefined);
  return (
    <Dialog open onClose={closeSonic} wide title={i18n.t("Path between two tracks")} about={i18n.t("Each step sounds a little more like the end.")}>
      <div className="sonic">
        <div className="sonic-ask">
          {from ? (
            <Chosen track={from} label={i18n.t("From")} onRemove={() => setFrom(null)} removeLabel={i18n.t("Another track instead of {title}", { title: from.title })} />
          ) : (
            <TrackFinder label={i18n.t("From")} takesFocus without={taken} onPick={setFrom} />
          )}
          {to ? (
            <Chosen track={to} label={i18n.t("To")} onRemove={() => setTo(null)} removeLabel={i18n.t("Another track instead of {title}", { title: to.title })} />
          ) : (
            <TrackFinder label={i18n.t("To")} takesFocus={from !== null} without={taken} onPick={setTo} />
          )}
          <div className="sonic-length">
            <span className="t-12 t-2">{i18n.t("Length")}</span>
            <Slider
              label={i18n.t("Length of the path")}
              value={length - lengths.least}
              max={lengths.most - lengths.least}
              step={1}
              bigStep={5}
              text={trackCount(length)}
              say={(value) => trackCount(Math.round(value) + lengths.least)}
              tip={(value) => String(Math.round(value) + lengths.least)}
              onChange={(value) => setLength(Math.round(value) + lengths.least)}
            />
            <span className="t-12 num">{trackCount(length)}</span>
          </div>
          <div className="chips" role="group" aria-label={i18n.t("Conditions")}>
            <Chip pressed={once} onClick={() => setOnce(!once)}>
              {i18n.t("Each artist once")}
            </Chip>
            <Chip pressed={smooth} onClick={() => setSmooth(!smooth)}>
              {i18n.t("Tempo in small steps")}
            </Chip>
            <Chip pressed={keys} onClick={() => setKeys(!keys)}>
              {i18n.t("Keys that mix")}
            </Chip>
            {from && to && (
              <IconButton
                icon="sort"
                size="s"
                label={i18n.t("The other way round")}
                onClick={() => {
                  setFrom(to);
                  setTo(from);
                }}
              />
            )}
          </div>
        </div>
        <div className="sonic-answer">
          {!ready && <p className="t-3 sonic-none">{i18n.t("Choose where the path ends.")}</p>}
          {ready && error && <ErrorState what={i18n.t("No path could be found")} error={error} onRetry={() => void refetch()} />}
          {ready && !error && !data && <SkeletonRows count={6} />}
          {ready && !error && data && (
            <>
              {data.note && <p className="t-12 t-2 sonic-note">{data.note}</p>}
              <FoundList label={i18n.t("The path")} items={items} name={name} late={isFetching && isPlaceholderData} />
            </>
          )}
          <p className="sr" role="status">
            {ready && data && !isPlaceholderData && trackCount(items.length)}
          </p>
        </div>
      </div>
      <FoundActions tracks={items.map((item) => item.track)} name={name} onDone={closeSonic} />
    </Dialog>
  );
}
