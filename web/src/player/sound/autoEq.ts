import { bandQ, bandsHz, logGrid, maxGainDb, peaking, sectionDb, type Section } from "./equaliser";

/** Correction curves as AutoEQ and Equalizer APO write them, brought to the ten bands. */

export type FaultCode = "empty" | "too-long" | "not-understood" | "bad-number" | "filter-type";
export class ImportFault extends Error {
  constructor(
    readonly code: FaultCode,
    /** From 1; 0 = the whole text. */
    readonly line = 0,
    readonly detail = "",
  ) {
    super(`${code} in line ${line}: ${detail}`);
  }
}

/** dB at a frequency. */
export type Curve = (hz: number) => number;

export interface Imported {
  readonly kind: "graphic" | "parametric";
  /** Points or filters that were read. */
  readonly count: number;
  readonly gainsDb: number[];
  /** How far the ten bands stay from the curve between 25 Hz and 18 kHz, level apart. */
  readonly residual: { readonly rmsDb: number; readonly maxDb: number; readonly atHz: number };
  /** What was asked for, with its mean level moved to where the bands can follow it. */
  readonly target: Curve;
}

const longestText = 100_000;
const mostPoints = 4_000;
const mostFilters = 64;
const rate = 48_000;
const number = "([-+]?\\d+(?:[.,]\\d+)?(?:e[-+]?\\d+)?)";

function read(text: string | undefined, least: number, most: number, line: number): number {
  const value = Number((text ?? "").replace(",", "."));
  if (text === undefined || !Number.isFinite(value) || value < least || value > most) throw new ImportFault("bad-number", line, (text ?? "").slice(0, 20));
  return value;
}

function graphic(list: string, line: number): { curve: Curve; count: number } {
  const parts = list.split(";").map((part) => part.trim()).filter(Boolean);
  if (parts.length > mostPoints) throw new ImportFault("too-long");
  const points = parts.map((part) => {
    const [hz, db, ...more] = part.split(/\s+/);
    if (more.length > 0) throw new ImportFault("not-understood", line, part.slice(0, 40));
    return [read(hz, 1, 100_000, line), read(db, -60, 60, line)] as const;
  });
  points.sort((a, b) => a[0] - b[0]);
  if (points.length < 2) throw new ImportFault("not-understood", line, list.slice(0, 40));
  const curve: Curve = (hz) => {
    const after = points.findIndex((point) => point[0] >= hz);
    const right = points[after === -1 ? points.length - 1 : after] as readonly [number, number];
    const left = points[after - 1];
    if (!left || after === -1 || right[0] === left[0]) return right[1];
    return left[1] + ((right[1] - left[1]) * Math.log(hz / left[0])) / Math.log(right[0] / left[0]);
  };
  return { curve, count: points.length };
}

/** Shelves of the Audio EQ Cookbook with a Q. */
function shelf(kind: "low" | "high", hz: number, q: number, gainDb: number): Section {
  const a = 10 ** (gainDb / 40);
  const w = (2 * Math.PI * Math.min(hz, rate * 0.49)) / rate;
  const side = kind === "low" ? 1 : -1;
  const cos = side * Math.cos(w);
  const beta = (Math.sin(w) / q) * Math.sqrt(a);
  const a0 = a + 1 + (a - 1) * cos + beta;
  return {
    b0: (a * (a + 1 - (a - 1) * cos + beta)) / a0,
    b1: (side * 2 * a * (a - 1 - (a + 1) * cos)) / a0,
    b2: (a * (a + 1 - (a - 1) * cos - beta)) / a0,
    a1: (side * -2 * (a - 1 + (a + 1) * cos)) / a0,
    a2: (a + 1 + (a - 1) * cos - beta) / a0,
  };
}

const filterLine = new RegExp(`^Filter\\s*\\d*\\s*:\\s*(ON|OFF)\\s+([A-Z]+)(.*)$`, "i");
const fcPart = new RegExp(`\\bFc\\s+${number}\\s*(?:Hz)?`, "i");
const gainPart = new RegExp(`\\bGain\\s+${number}\\s*(?:dB)?`, "i");
const qPart = new RegExp(`\\bQ\\s+${number}`, "i");
const widthPart = new RegExp(`\\bBW\\s+Oct\\s+${number}`, "i");
const lowShelves = new Set(["LS", "LSC", "LSQ"]);
const highShelves = new Set(["HS", "HSC", "HSQ"]);
const peaks = new Set(["PK", "PEQ", "PEAK", "MODAL"]);

function filter(type: string, rest: string, line: number): Section {
  const kind = type.toUpperCase();
  const isPeak = peaks.has(kind);
  if (!isPeak && !lowShelves.has(kind) && !highShelves.has(kind)) throw new ImportFault("filter-type", line, type.slice(0, 12));
  const hz = read(fcPart.exec(rest)?.[1], 1, 100_000, line);
  const gain = read(gainPart.exec(rest)?.[1], -60, 60, line);
  const width = widthPart.exec(rest)?.[1];
  const written = qPart.exec(rest)?.[1];
  const byWidth = width === undefined ? undefined : 1 / (2 * Math.sinh((Math.LN2 / 2) * read(width, 0.01, 20, line)));
  const q = written === undefined ? (byWidth ?? (isPeak ? bandQ : Math.SQRT1_2)) : read(written, 0.01, 100, line);
  if (isPeak) return peaking(hz, q, gain, rate);
  return shelf(lowShelves.has(kind) ? "low" : "high", hz, q, gain);
}

/** Throws ImportFault. */
export function readCurve(text: string): { kind: Imported["kind"]; curve: Curve; count: number } {
  if (text.length > longestText) throw new ImportFault("too-long");
  const found: Section[] = [];
  let understood = 0;
  for (const [index, raw] of text.split(/\r\n|\r|\n/).entries()) {
    const line = raw.trim();
    const at = index + 1;
    // Equalizer APO's other orders (which loudspeaker, which filter comes next) do not bend the curve.
    if (line === "" || line.startsWith("#") || /^(Preamp|Device|Channel|Stage)\s*:/i.test(line)) continue;
    const points = /^GraphicEQ\s*:(.*)$/i.exec(line)?.[1];
    if (points !== undefined) return { kind: "graphic", ...graphic(points, at) };
    const [, state, type, rest] = filterLine.exec(line) ?? [];
    if (!state || !type) throw new ImportFault("not-understood", at, line.slice(0, 40));
    understood += 1;
    if (understood > mostFilters) throw new ImportFault("too-long");
    if (/^on$/i.test(state) && !/^none$/i.test(type)) found.push(filter(type, rest ?? "", at));
  }
  if (found.length === 0) throw new ImportFault("empty");
  return { kind: "parametric", curve: (hz) => found.reduce((sum, section) => sum + sectionDb(section, hz, rate), 0), count: found.length };
}

const grid = logGrid(25, 18_000, 140);
/** A little reluctance, so that two neighbours do not pull against each other for a hundredth of a decibel. */
const ridge = 0.03;
const tenth = (value: number): number => Math.round(value * 10) / 10 + 0;

/** The gains whose summed curve comes nearest to `target` in the sense of least squares, with a level of its own: how loud the
 *  whole is, the preamplifier decides. */
export function fit(target: Curve): { gainsDb: number[]; levelDb: number } {
  const wanted = grid.map(target);
  const bandDb = (band: number, gain: number): number[] => {
    const section = peaking(bandsHz[band] as number, bandQ, gain, rate);
    return grid.map((hz) => sectionDb(section, hz, rate));
  };
  const gains = bandsHz.map(() => 0);
  let level = wanted.reduce((sum, value) => sum + value, 0) / wanted.length;
  for (let turn = 0; turn < 25; turn += 1) {
    const shapes = gains.map((gain, band) => bandDb(band, gain));
    const slopes = gains.map((gain, band) => bandDb(band, gain + 0.05).map((value, i) => (value - (shapes[band]?.[i] ?? 0)) / 0.05));
    const missing = wanted.map((value, i) => value - level - shapes.reduce((sum, shape) => sum + (shape[i] ?? 0), 0));
    const pull = (band: number): number => (slopes[band] ?? []).reduce((sum, slope, i) => sum + slope * (missing[i] ?? 0), 0) - ridge * (gains[band] ?? 0);
    // A slider at its end that is pulled further stays where it is.
    const free = gains.flatMap((gain, band) => (Math.abs(gain) >= maxGainDb && Math.sign(pull(band)) === Math.sign(gain) ? [] : [band]));
    const columns = [...free.map((band) => slopes[band] as number[]), grid.map(() => 1)];
    const right = [...free.map(pull), missing.reduce((sum, value) => sum + value, 0)];
    const matrix = columns.map((a, i) => columns.map((b, j) => a.reduce((sum, value, k) => sum + value * (b[k] as number), i === j && i < free.length ? ridge : 0)));
    const step = solve(matrix, right);
    free.forEach((band, i) => {
      gains[band] = Math.min(maxGainDb, Math.max(-maxGainDb, (gains[band] as number) + (step[i] as number)));
    });
    level += step.at(-1) as number;
    if (step.every((value) => Math.abs(value) < 1e-4)) break;
  }
  return { gainsDb: gains.map(tenth), levelDb: level };
}

/** Elimination with pivots; the matrix is small and positive. */
function solve(matrix: number[][], right: number[]): number[] {
  const rows = matrix.map((row, i) => [...row, right[i] as number]);
  const size = rows.length;
  const at = (row: number, column: number): number => rows[row]?.[column] ?? 0;
  for (let column = 0; column < size; column += 1) {
    let pivot = column;
    for (let row = column + 1; row < size; row += 1) if (Math.abs(at(row, column)) > Math.abs(at(pivot, column))) pivot = row;
    [rows[column], rows[pivot]] = [rows[pivot] as number[], rows[column] as number[]];
    for (let row = column + 1; row < size; row += 1) {
      const share = at(row, column) / at(column, column);
      for (let k = column; k <= size; k += 1) (rows[row] as number[])[k] = at(row, k) - share * at(column, k);
    }
  }
  const result = new Array<number>(size).fill(0);
  for (let row = size - 1; row >= 0; row -= 1) {
    const rest = result.reduce((sum, value, k) => (k > row ? sum + value * at(row, k) : sum), 0);
    result[row] = (at(row, size) - rest) / at(row, row);
  }
  return result;
}

/** Throws ImportFault when the text is no such curve. */
export function importAutoEq(text: string): Imported {
  if (text.trim() === "") throw new ImportFault("empty");
  const { kind, curve, count } = readCurve(text);
  const { gainsDb } = fit(curve);
  const chain = bandsHz.map((hz, band) => peaking(hz, bandQ, gainsDb[band] ?? 0, rate));
  const apart = grid.map((hz) => curve(hz) - chain.reduce((sum, section) => sum + sectionDb(section, hz, rate), 0));
  const level = apart.reduce((sum, value) => sum + value, 0) / apart.length;
  const errors = apart.map((value) => Math.abs(value - level));
  const maxDb = Math.max(...errors);
  return {
    kind,
    count,
    gainsDb,
    residual: { rmsDb: Math.sqrt(errors.reduce((sum, value) => sum + value * value, 0) / errors.length), maxDb, atHz: Math.round(grid[errors.indexOf(maxDb)] as number) },
    target: (hz) => curve(hz) - level,
  };
}
