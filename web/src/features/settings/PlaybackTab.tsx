import { i18n } from "@lingui/core";
import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { useStore } from "zustand";
import { openEqualiser } from "@/media/equaliser";
import { equaliserWords } from "@/media/presetWords";
import { thePlayer } from "@/player";
import { isIos } from "@/player/ios";
import { playbackSettings, type Levelling, type PlaybackSettings, type Quality } from "@/player/playbackSettings";
import { bytes } from "@/shared/lib/format";
import { Button } from "@/shared/ui/Button";
import { Segmented, Switch } from "@/shared/ui/controls";
import { Select } from "@/shared/ui/Field";
import { Slider } from "@/shared/ui/Slider";
import { toast } from "@/shared/ui/toast";

const set = (change: Partial<PlaybackSettings>): void => {
  playbackSettings.setState(change);
};

function Row({ name, note, children }: { name: string; note: string; children: ReactNode }) {
  return (
    <div className="set-row">
      <span className="set-words">
        <b className="w5">{name}</b>
        <small>{note}</small>
      </span>
      {children}
    </div>
  );
}

interface AmountProps {
  label: string;
  value: number;
  least: number;
  most: number;
  words: (value: number) => string;
  onChange: (value: number) => void;
  disabled?: boolean;
}
/** A slider with its value beside it; half steps. */
function Amount({ label, value, least, most, words, onChange, disabled = false }: AmountProps) {
  const move = (next: number): void => onChange(Math.round((next + least) * 2) / 2 + 0);
  return (
    <span className="set-amount">
      <Slider label={label} value={value - least} max={most - least} step={0.5} bigStep={2} text={words(value)} onPreview={(next) => next !== null && move(next)} onChange={move} disabled={disabled} />
      <span className="num">{words(value)}</span>
    </span>
  );
}

const number = (value: number, signDisplay: "auto" | "exceptZero" = "auto"): string => new Intl.NumberFormat(i18n.locale, { maximumFractionDigits: 1, signDisplay }).format(value).replace("-", "−");
const decibels = (value: number): string => i18n.t("{value} dB", { value: number(value, "exceptZero") });
const seconds = (value: number): string => (value === 0 ? i18n.t("Off") : i18n.t("{value} s", { value: number(value) }));

function BetweenTracks({ now }: { now: PlaybackSettings }) {
  const gaplessNotes: Record<PlaybackSettings["gapless"], string> = {
    album: i18n.t("Tracks of one album follow as on the record; all others fade."),
    always: i18n.t("Every track follows without a gap, and nothing fades."),
    off: i18n.t("Albums fade like everything else."),
  };
  return (
    <section className="sect" aria-labelledby="set-between">
      <header>
        <h2 className="h-20" id="set-between">
          {i18n.t("Between two tracks")}
        </h2>
      </header>
      <Row name={i18n.t("Without a gap")} note={gaplessNotes[now.gapless]}>
        <Segmented
          label={i18n.t("Without a gap")}
          value={now.gapless}
          options={[
            { value: "album", label: i18n.t("Albums") },
            { value: "always", label: i18n.t("Always") },
            { value: "off", label: i18n.t("Never") },
          ]}
          onChange={(gapless) => set({ gapless })}
        />
      </Row>
      <Row name={i18n.t("Crossfade")} note={now.gapless === "always" ? i18n.t("Has no effect while every track follows without a gap.") : i18n.t("The end of one track and the beginning of the next are heard together.")}>
        <Amount label={i18n.t("Crossfade")} value={now.crossfade} least={0} most={12} words={seconds} disabled={now.gapless === "always"} onChange={(crossfade) => set({ crossfade })} />
      </Row>
      <Switch
        label={i18n.t("Smart fade")}
        note={i18n.t("Leaves out silence at the ends and begins where the music itself fades.")}
        checked={now.smartFade}
        disabled={now.gapless === "always" || now.crossfade === 0}
        onChange={(smartFade) => set({ smartFade })}
      />
    </section>
  );
}

function Loudness({ now }: { now: PlaybackSettings }) {
  const notes: Record<Levelling, string> = {
    off: i18n.t("As loud as each file is."),
    track: i18n.t("Every track is equally loud."),
    album: i18n.t("Every album is equally loud; quiet tracks on it stay quiet."),
    auto: i18n.t("By album while an album plays, else track by track."),
  };
  const off = now.levelling === "off";
  return (
    <section className="sect" aria-labelledby="set-loud">
      <header>
        <h2 className="h-20" id="set-loud">
          {i18n.t("Loudness")}
        </h2>
      </header>
      <Row name={i18n.t("Levelling")} note={notes[now.levelling]}>
        <Segmented
          label={i18n.t("Levelling")}
          value={now.levelling}
          options={[
            { value: "auto", label: i18n.t("Automatic") },
            { value: "album", label: i18n.t("Album") },
            { value: "track", label: i18n.t("Track") },
            { value: "off", label: i18n.t("Off") },
          ]}
          onChange={(levelling) => set({ levelling })}
        />
      </Row>
      <Row name={i18n.t("Louder or quieter")} note={i18n.t("On top of the levelling, for all tracks.")}>
        <Amount label={i18n.t("Louder or quieter")} value={now.preampDb} least={-12} most={12} words={decibels} disabled={off} onChange={(preampDb) => set({ preampDb })} />
      </Row>
      <Row name={i18n.t("Tracks of unknown loudness")} note={i18n.t("New recordings are often loud: some −6 dB suit them.")}>
        <Amount label={i18n.t("Tracks of unknown loudness")} value={now.unknownDb} least={-12} most={12} words={decibels} disabled={off} onChange={(unknownDb) => set({ unknownDb })} />
      </Row>
      <Switch label={i18n.t("Never distort")} note={i18n.t("A quiet track is raised only until its loudest moment reaches full scale.")} checked={now.clipGuard} disabled={off} onChange={(clipGuard) => set({ clipGuard })} />
    </section>
  );
}

/** Kilobits a second that one has to count on; FLAC of a CD, about. */
const rates: Record<Exclude<Quality, "smart">, number> = { flac: 850, "mp3-320": 320, "mp3-v2": 190, "aac-192": 192, "opus-128": 128 };
const anHour = (kbps: number): string => bytes(Math.round((kbps * 3600 * 1000) / 8 / 5e6) * 5e6);

function qualityNote(quality: Quality): string {
  if (quality === "smart") return i18n.t("As good as the network carries: lossless where it is fast, less where it is slow or data is saved.");
  const size = anHour(rates[quality]);
  if (quality === "flac") return i18n.t("Every bit of the recording; about {size} an hour, more for high resolution.", { size });
  if (quality === "mp3-320") return i18n.t("Hardly to be told from the original; {size} an hour, without gaps.", { size });
  if (quality === "mp3-v2") return i18n.t("Very good; about {size} an hour, without gaps.", { size });
  return i18n.t("Good and small; about {size} an hour. Tracks join with a short fade.", { size });
}

function QualityRow({ name, value, onChange }: { name: string; value: Quality; onChange: (quality: Quality) => void }) {
  const options: { value: Quality; label: string }[] = [
    { value: "smart", label: i18n.t("Automatic") },
    { value: "flac", label: i18n.t("Lossless (FLAC)") },
    { value: "mp3-320", label: i18n.t("MP3 320") },
    { value: "mp3-v2", label: i18n.t("MP3, variable") },
    { value: "aac-192", label: i18n.t("AAC 192") },
    { value: "opus-128", label: i18n.t("Opus 128") },
  ];
  return (
    <Row name={name} note={qualityNote(value)}>
      <Select className="set-select" label={name} hideLabel options={options} value={value} onChange={(event) => onChange(event.target.value as Quality)} />
    </Row>
  );
}

function QualitySection({ quality }: { quality: PlaybackSettings["quality"] }) {
  return (
    <section className="sect" aria-labelledby="set-quality">
      <header>
        <h2 className="h-20" id="set-quality">
          {i18n.t("Quality")}
        </h2>
      </header>
      <QualityRow name={i18n.t("At home and on Wi-Fi")} value={quality.home} onChange={(home) => set({ quality: { ...quality, home } })} />
      <QualityRow name={i18n.t("On mobile data")} value={quality.mobile} onChange={(mobile) => set({ quality: { ...quality, mobile } })} />
    </section>
  );
}

function Output({ output }: { output: string }) {
  const { data } = useQuery({ queryKey: ["outputs"], queryFn: () => thePlayer().outputs(), staleTime: 0 });
  if (!data) return null;
  const named = data.filter((one) => one.id !== "");
  if (named.length === 0) {
    return (
      <Row name={i18n.t("Loudspeaker")} note={i18n.t("The system chooses; this browser names no others.")}>
        {null}
      </Row>
    );
  }
  const options = [{ value: "", label: i18n.t("As the system says") }, ...named.map((one) => ({ value: one.id, label: one.name }))];
  const choose = async (id: string): Promise<void> => {
    try {
      await thePlayer().setOutput(id);
      set({ output: id });
    } catch {
      toast({ text: i18n.t("This loudspeaker cannot be used now.") });
    }
  };
  return (
    <Row name={i18n.t("Loudspeaker")} note={i18n.t("Where this browser plays.")}>
      <Select className="set-select" label={i18n.t("Loudspeaker")} hideLabel options={options} value={options.some((one) => one.value === output) ? output : ""} onChange={(event) => void choose(event.target.value)} />
    </Row>
  );
}

export default function PlaybackTab() {
  const now = useStore(playbackSettings);
  return (
    <>
      <p className="about">{i18n.t("All of this is for this device: headphones, phone and living room want different things.")}</p>
      <BetweenTracks now={now} />
      <Loudness now={now} />
      <QualitySection quality={now.quality} />
      <section className="sect" aria-labelledby="set-sound">
        <header>
          <h2 className="h-20" id="set-sound">
            {i18n.t("Sound")}
          </h2>
        </header>
        <Row name={i18n.t("Equaliser")} note={equaliserWords(now.equaliser)}>
          <Button icon="eq" onClick={openEqualiser}>
            {i18n.t("Open the equaliser")}
          </Button>
        </Row>
        <Output output={now.output} />
        {isIos() && (
          <Switch
            label={i18n.t("Equaliser and visualizer on iOS")}
            note={i18n.t("iOS then pauses the music now and then when the screen goes off. Takes effect with the next start.")}
            checked={now.graphOnIos}
            onChange={(graphOnIos) => set({ graphOnIos })}
          />
        )}
      </section>
    </>
  );
}
