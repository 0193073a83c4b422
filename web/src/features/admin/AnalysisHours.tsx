import { i18n } from "@lingui/core";
import { useState } from "react";
import type { AnalysisStatus } from "@/shared/api/types";
import { Button } from "@/shared/ui/Button";
import { Switch } from "@/shared/ui/controls";
import { Field } from "@/shared/ui/Field";

type Hours = AnalysisStatus["hours"];
const night = { from: "23:00", to: "06:00" };

/** A part of the day in which the analysis may work. */
export function AnalysisHours({ hours, onChange }: { hours: Hours; onChange: (hours: Hours) => Promise<void> }) {
  const [draft, setDraft] = useState<{ from: string; to: string } | null>(null);
  const shown = draft ?? hours ?? night;
  const same = shown.from === shown.to;
  const changed = draft !== null && (draft.from !== hours?.from || draft.to !== hours.to);
  const keep = async (): Promise<void> => {
    await onChange(shown);
    setDraft(null);
  };
  return (
    <section className="sect narrow" aria-labelledby="analysis-hours">
      <header>
        <h2 className="h-20" id="analysis-hours">
          {i18n.t("When")}
        </h2>
      </header>
      <Switch
        label={i18n.t("Only at certain hours")}
        note={hours ? i18n.t("By the clock of the server. What is in hand is heard to its end.") : i18n.t("Now at any time of the day.")}
        checked={hours !== null}
        onChange={(on) => (setDraft(null), void onChange(on ? night : null))}
      />
      {hours && (
        <form
          className="hours"
          onSubmit={(event) => {
            event.preventDefault();
            if (!same) void keep();
          }}
        >
          <Field label={i18n.t("From")} type="time" required value={shown.from} onChange={(event) => setDraft({ ...shown, from: event.target.value })} />
          <Field label={i18n.t("To")} type="time" required value={shown.to} error={same ? i18n.t("The end is the beginning.") : null} onChange={(event) => setDraft({ ...shown, to: event.target.value })} />
          {changed && (
            <Button type="submit" disabled={same || !shown.from || !shown.to}>
              {i18n.t("Save")}
            </Button>
          )}
        </form>
      )}
    </section>
  );
}
