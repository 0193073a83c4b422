import { i18n } from "@lingui/core";
import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { api } from "@/shared/api/client";
import { trackCount } from "@/shared/lib/format";
import { Button } from "@/shared/ui/Button";
import { ConfirmDialog } from "@/shared/ui/ConfirmDialog";
import { groups } from "./analysisWords";

/** Measure again what was measured before. What people corrected stays. */
export function AnalysisRedo({ tracks }: { tracks: number }) {
  const client = useQueryClient();
  const [chosen, setChosen] = useState<readonly string[]>([]);
  const [asking, setAsking] = useState(false);
  const [told, setTold] = useState(false);
  const toggle = (group: string): void => {
    setTold(false);
    setChosen(chosen.includes(group) ? chosen.filter((one) => one !== group) : [...chosen, group]);
  };
  const start = async (): Promise<void> => {
    await api.post("analysis/start", { force: true, groups: chosen });
    setChosen([]);
    setTold(true);
    await client.invalidateQueries({ queryKey: ["analysis"] });
  };
  const names = new Intl.ListFormat(i18n.locale).format(groups().flatMap(({ value, label }) => (chosen.includes(value) ? [label] : [])));
  return (
    <section className="sect narrow" aria-labelledby="analysis-redo">
      <header>
        <h2 className="h-20" id="analysis-redo">
          {i18n.t("Measure again")}
        </h2>
      </header>
      <p className="about">{i18n.t("For values that look wrong everywhere. Old values stay until new ones are there, and corrections always win.")}</p>
      <fieldset className="checks">
        <legend className="sr">{i18n.t("What is measured again")}</legend>
        {groups().map(({ value, label, note }) => (
          <label key={value} className="check redo">
            <input type="checkbox" checked={chosen.includes(value)} onChange={() => toggle(value)} />
            <span>
              {label}
              <small className="t-12 t-3">{note}</small>
            </span>
          </label>
        ))}
      </fieldset>
      <div className="form-go">
        <Button icon="refresh" disabled={chosen.length === 0 || tracks === 0} onClick={() => setAsking(true)}>
          {i18n.t("Measure again")}
        </Button>
        <span className="t-2" role="status">
          {told && i18n.t("It begins with the next track.")}
        </span>
      </div>
      {asking && (
        <ConfirmDialog
          title={i18n.t("Measure {tracks} again?", { tracks: trackCount(tracks) })}
          about={i18n.t("{names}. In a large library this takes hours; it can be paused.", { names })}
          verb={i18n.t("Measure again")}
          working={i18n.t("Starting")}
          onConfirm={start}
          onClose={() => setAsking(false)}
        />
      )}
    </section>
  );
}
