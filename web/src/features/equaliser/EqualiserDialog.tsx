import { i18n } from "@lingui/core";
import { useMemo, useState } from "react";
import { useStore } from "zustand";
import { closeEqualiser } from "@/media/equaliser";
import { thePlayer } from "@/player";
import { isIos } from "@/player/ios";
import { playbackSettings } from "@/player/playbackSettings";
import { readPresets } from "@/player/sound/presets";
import { useUser } from "@/shared/api/session";
import { Button } from "@/shared/ui/Button";
import { Switch } from "@/shared/ui/controls";
import { Dialog } from "@/shared/ui/Dialog";
import { Bands } from "./Bands";
import { ImportView } from "./ImportView";
import { Preamp } from "./Preamp";
import { PresetBar } from "./PresetBar";
import { change, reset } from "./verbs";
import "./equaliser.css";

export default function EqualiserDialog() {
  const eq = useStore(playbackSettings, (settings) => settings.equaliser);
  const graphOnIos = useStore(playbackSettings, (settings) => settings.graphOnIos);
  const kept = useUser().preferences.equaliser_presets;
  const presets = useMemo(() => readPresets(kept), [kept]);
  const [importing, setImporting] = useState(false);
  // The filters work at the rate of the loudspeaker; before the first sound the usual one is drawn.
  const sampleRate = thePlayer().analyser()?.context.sampleRate ?? 48_000;
  if (importing) {
    return (
      <Dialog open onClose={() => setImporting(false)} wide title={i18n.t("Import a curve")}>
        <ImportView sampleRate={sampleRate} onDone={() => setImporting(false)} />
      </Dialog>
    );
  }
  return (
    <Dialog open onClose={closeEqualiser} wide title={i18n.t("Equaliser")} about={i18n.t("For this device. Your own presets go with your account.")}>
      <div className="eq-top">
        <PresetBar eq={eq} presets={presets} />
        <Switch label={i18n.t("On")} checked={eq.on} onChange={(on) => change({ on })} />
      </div>
      {isIos() && !graphOnIos && (
        <div className="note">
          <Switch label={i18n.t("Allow it on this device")} note={i18n.t("iOS then pauses the music now and then when the screen goes off. Takes effect with the next start.")} checked={false} onChange={(on) => playbackSettings.setState({ graphOnIos: on })} />
        </div>
      )}
      <Bands gainsDb={eq.gainsDb} on={eq.on} sampleRate={sampleRate} />
      <Preamp eq={eq} sampleRate={sampleRate} />
      <footer className="eq-foot">
        <Button kind="quiet" onClick={() => setImporting(true)}>
          {i18n.t("Import from AutoEQ")}
        </Button>
        <Button kind="quiet" className="eq-left" onClick={reset}>
          {i18n.t("Reset")}
        </Button>
        <Button onClick={closeEqualiser}>{i18n.t("Done")}</Button>
      </footer>
    </Dialog>
  );
}
