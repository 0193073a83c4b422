import { i18n } from "@lingui/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { queries } from "@/shared/api/queries";
import { useUser } from "@/shared/api/session";
import type { Id, TrackAnalysis } from "@/shared/api/types";
import { isUnsure } from "@/shared/lib/confidence";
import { relativeDay } from "@/shared/lib/format";
import { Button } from "@/shared/ui/Button";
import { Icon } from "@/shared/ui/Icon";
import { ErrorState, SkeletonRows } from "@/shared/ui/states";
import { Correct } from "./Correct";
import { Facts } from "./FactList";
import { bpmText, guessRows, keyNotes, keyText, loudnessRows, shapeRows, soundRows, stateNote, tempoNotes } from "./measuredRows";
import { Moods } from "./Moods";

function Value({ name, value, unsure, notes }: { name: string; value: string | null; unsure: boolean; notes: readonly string[] }) {
  return (
    <div className="main-fact">
      <dt>{name}</dt>
      <dd>
        <b className="num" data-unsure={unsure || undefined}>
          {value === null ? "–" : `${unsure ? "~" : ""}${value}`}
        </b>
        {(value === null ? [i18n.t("not known"), ...notes] : notes).map((note) => (
          <small key={note}>{note}</small>
        ))}
      </dd>
    </div>
  );
}

function TempoAndKey({ analysis, guest }: { analysis: TrackAnalysis; guest: boolean }) {
  const [editing, setEditing] = useState(false);
  const { effective, measured } = analysis;
  const key = effective.camelot ?? effective.key;
  return (
    <section>
      <header className="row between">
        <h2 className="t-12 t-3 w5">{i18n.t("Tempo and key")}</h2>
        {!guest && !editing && (
          <Button kind="quiet" size="s" icon="edit" className="info-edit" onClick={() => setEditing(true)}>
            {i18n.t("Correct")}
          </Button>
        )}
      </header>
      {editing ? (
        <Correct analysis={analysis} onClose={() => setEditing(false)} />
      ) : (
        <dl className="main-facts">
          <Value name={i18n.t("Tempo")} value={effective.bpm === null ? null : bpmText(effective.bpm)} unsure={isUnsure(effective.bpm_source, measured?.bpm_confidence ?? null)} notes={tempoNotes(analysis)} />
          <Value name={i18n.t("Key")} value={key && keyText(key)} unsure={isUnsure(effective.key_source, measured?.key_strength ?? null)} notes={keyNotes(analysis)} />
        </dl>
      )}
    </section>
  );
}

/** What was heard in a track, how sure that is and where it is from; tempo, key and moods can be corrected. */
export function Measured({ trackId }: { trackId: Id }) {
  const user = useUser();
  const guest = user.role === "guest";
  const { data, error, refetch } = useQuery(queries.trackAnalysis(trackId));
  if (!data) return error ? <ErrorState what={i18n.t("The measured values could not be loaded")} error={error} onRetry={() => void refetch()} /> : <SkeletonRows count={4} />;
  const { measured: m } = data;
  const note = stateNote(data);
  return (
    <>
      {/* Another track closes a form that was open for this one. */}
      <TempoAndKey key={trackId} analysis={data} guest={guest} />
      {note && (
        <p className="note info-state" role="status">
          <Icon name={data.state === "failed" ? "warn" : "clock"} />
          {note}
        </p>
      )}
      {m && (
        <>
          <Facts title={i18n.t("Sound, of 100")} rows={soundRows(m)} />
          <Facts title={i18n.t("Hints, of 100")} guess={i18n.t("a guess from the sound")} rows={guessRows(m)} />
          <Facts title={i18n.t("Loudness")} rows={loudnessRows(m)} />
          <Facts title={i18n.t("Beginning and end")} rows={shapeRows(m)} />
        </>
      )}
      <Moods trackId={trackId} items={data.moods} fixed={guest} />
      {data.analyser && data.analysed_at && <p className="t-12 t-3 measured-by">{i18n.t("Measured by {analyser}, {when}", { analyser: data.analyser, when: relativeDay(data.analysed_at) })}</p>}
    </>
  );
}
