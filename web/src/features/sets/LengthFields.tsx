import { i18n } from "@lingui/core";
import type { SetLength } from "@/shared/api/djSets";
import { Segmented } from "@/shared/ui/controls";
import { Field } from "@/shared/ui/Field";

type Unit = "minutes" | "tracks" | "all";
const unitOf = (length: SetLength): Unit => (length.minutes ? "minutes" : length.tracks ? "tracks" : "all");
const first: Record<Unit, SetLength> = { minutes: { minutes: 60 }, tracks: { tracks: 15 }, all: {} };
export const mostMinutes = 1440;
export const mostTracks = 500;

export const lengthFault = (length: SetLength): string | null => {
  if (length.minutes !== undefined && length.minutes !== null && !(length.minutes >= 1 && length.minutes <= mostMinutes)) return i18n.t("Between 1 and {most} minutes.", { most: mostMinutes });
  if (length.tracks !== undefined && length.tracks !== null && !(length.tracks >= 2 && length.tracks <= mostTracks)) return i18n.t("Between 2 and {most} tracks.", { most: mostTracks });
  return null;
};

export function LengthFields({ length, onChange }: { length: SetLength; onChange: (length: SetLength) => void }) {
  const unit = unitOf(length);
  const isNumber = unit !== "all";
  return (
    <div className="field">
      <span className="label">{i18n.t("Length")}</span>
      <div className="row dj-length">
        <Segmented
          label={i18n.t("Length")}
          value={unit}
          options={[
            { value: "minutes", label: i18n.t("Minutes") },
            { value: "tracks", label: i18n.t("Tracks") },
            { value: "all", label: i18n.t("All") },
          ]}
          onChange={(next: Unit) => onChange(first[next])}
        />
        {isNumber && (
          <Field
            label={unit === "minutes" ? i18n.t("Minutes") : i18n.t("Tracks")}
            className="dj-number"
            type="number"
            inputMode="numeric"
            min={1}
            max={unit === "minutes" ? mostMinutes : mostTracks}
            value={String((unit === "minutes" ? length.minutes : length.tracks) ?? "")}
            error={lengthFault(length)}
            onChange={(event) => onChange({ [unit]: Number(event.target.value) || 0.5 })}
          />
        )}
      </div>
    </div>
  );
}
