import { savePreferences } from "@/shared/api/session";
import { playbackSettings, type Equaliser } from "@/player/playbackSettings";
import { bandsHz, maxGainDb } from "@/player/sound/equaliser";
import { builtIn, ownKey, ownName, writePresets, type BuiltIn, type Preset } from "@/player/sound/presets";

export function change(part: Partial<Equaliser>): void {
  playbackSettings.setState(({ equaliser }) => ({ equaliser: { ...equaliser, ...part } }));
}

const inReach = (value: number): number => Math.min(maxGainDb, Math.max(-maxGainDb, Math.round(value * 10) / 10)) + 0;

/** Whoever moves a slider wants to hear it. */
export function setBand(band: number, gain: number): void {
  const { gainsDb } = playbackSettings.getState().equaliser;
  change({ on: true, preset: null, gainsDb: bandsHz.map((_, i) => (i === band ? inReach(gain) : (gainsDb[i] ?? 0))) });
}

export const chooseBuiltIn = (key: BuiltIn): void => change({ on: true, preset: key, gainsDb: builtIn[key], preampDb: null });
export const chooseOwn = ({ name, gainsDb, preampDb }: Preset): void => change({ on: true, preset: ownKey(name), gainsDb, preampDb });
export const reset = (): void => change({ preset: "flat", gainsDb: builtIn.flat, preampDb: null });

const keep = (presets: readonly Preset[]): Promise<void> => savePreferences({ equaliser_presets: writePresets(presets) });

/** A preset of the same name is replaced. */
export async function savePreset(presets: readonly Preset[], name: string): Promise<void> {
  const { gainsDb, preampDb } = playbackSettings.getState().equaliser;
  const saved: Preset = { name, gainsDb, preampDb };
  const at = presets.findIndex((one) => one.name === name);
  await keep(at === -1 ? [...presets, saved] : presets.with(at, saved));
  change({ preset: ownKey(name) });
}

export async function renamePreset(presets: readonly Preset[], from: string, to: string): Promise<void> {
  await keep(presets.map((one) => (one.name === from ? { ...one, name: to } : one)));
  if (playbackSettings.getState().equaliser.preset === ownKey(from)) change({ preset: ownKey(to) });
}

export async function deletePreset(presets: readonly Preset[], name: string): Promise<void> {
  await keep(presets.filter((one) => one.name !== name));
  const { preset } = playbackSettings.getState().equaliser;
  if (preset !== null && preset.startsWith(ownKey("")) && ownName(preset) === name) change({ preset: null });
}

export const restorePresets = (presets: readonly Preset[]): Promise<void> => keep(presets);
