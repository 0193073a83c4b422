import { i18n } from "@lingui/core";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import { useStore } from "zustand";
import { thePlayer } from "@/player";
import { playbackSettings } from "@/player/playbackSettings";
import { Icon } from "@/shared/ui/Icon";
import { toast } from "@/shared/ui/toast";

const key = ["outputs"] as const;

/** The system's loudspeakers, where the browser lets a page choose; else one sentence that says who chooses. */
export function Outputs() {
  const client = useQueryClient();
  const { data } = useQuery({ queryKey: key, queryFn: () => thePlayer().outputs(), retry: false });
  const chosen = useStore(playbackSettings, (settings) => settings.output);
  // Headphones come and go.
  useEffect(() => {
    const media = navigator.mediaDevices as MediaDevices | undefined;
    const changed = (): void => void client.invalidateQueries({ queryKey: key });
    media?.addEventListener?.("devicechange", changed);
    return () => media?.removeEventListener?.("devicechange", changed);
  }, [client]);
  if (!data) return null;
  if (data.length === 0) return <p className="t-12 t-3 devices-note">{i18n.t("The system chooses the loudspeaker: this browser does not let a page do it.")}</p>;
  const options = data.some((one) => one.id === "") ? data : [{ id: "", name: i18n.t("As the system says") }, ...data];
  const choose = (id: string): void => void thePlayer().setOutput(id).catch(() => toast({ text: i18n.t("This output cannot be used.") }));
  const current = options.some((one) => one.id === chosen) ? chosen : "";
  return (
    <fieldset className="outputs">
      <legend className="t-12 t-3 w5">{i18n.t("Output")}</legend>
      {options.map((one) => (
        <label key={one.id}>
          <input type="radio" className="sr" name="output" checked={one.id === current} onChange={() => choose(one.id)} />
          <Icon name="speaker" />
          <span className="cut">{one.name}</span>
          {one.id === current && <Icon name="check" size="s" />}
        </label>
      ))}
    </fieldset>
  );
}
