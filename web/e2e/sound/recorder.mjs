// Records what a page sends to the loudspeaker. The app is not asked and not changed: the browser's own AudioContext is.
/* global AudioContext, AudioNode, AudioWorkletNode, GainNode, Blob, btoa, addEventListener */
import { readFileSync } from "node:fs";
import { join } from "node:path";

const TAP = readFileSync(join(import.meta.dirname, "tap.js"), "utf8");

/** Runs in the page before the app; `source` is the tap's. */
function install({ rate, source, discard, bare }) {
  const pieces = [];
  const rec = (window.__recorder = { contexts: [], pieces, ready: 0, inputs: [], elements: [] });
  const address = URL.createObjectURL(new Blob([source], { type: "text/javascript" }));
  const buses = new WeakMap();
  const connect = AudioNode.prototype.connect;
  const disconnect = AudioNode.prototype.disconnect;
  const Native = window.AudioContext;
  let made = 0;

  const listen = async (context, bus) => {
    await context.audioWorklet.addModule(address);
    const tap = new AudioWorkletNode(context, "resonance-test-tap", { numberOfInputs: 1, channelCount: 2, channelCountMode: "explicit" });
    const id = made++;
    tap.port.onmessage = ({ data }) => {
      rec.heard = data.first + data.filled * 128;
      if (!discard) pieces.push({ id, ...data });
    };
    connect.call(bus, tap);
    connect.call(tap, context.destination); // silent; only what leads to the destination is rendered
    rec.keep = tap;
    rec.ready += 1;
  };
  class Recorded extends Native {
    constructor(options = {}) {
      super({ ...options, sampleRate: rate });
      const bus = new GainNode(this);
      buses.set(this, bus);
      rec.contexts.push(this);
      rec.tapping = listen(this, bus).catch((fault) => console.error(`tap: ${fault}`));
    }
  }
  Object.defineProperty(Recorded, "name", { value: "AudioContext" });
  window.AudioContext = Recorded;
  const busOf = (node, target) => (target === node.context.destination ? buses.get(node.context) : undefined);
  AudioNode.prototype.connect = function (target, ...rest) {
    const answer = connect.call(this, target, ...rest);
    const bus = busOf(this, target);
    if (bus) connect.call(this, bus);
    return answer;
  };
  AudioNode.prototype.disconnect = function (...which) {
    const bus = busOf(this, which[0]);
    if (bus) disconnect.call(this, bus);
    return disconnect.call(this, ...which);
  };

  // Elements that go to the loudspeaker by themselves (no graph): a context of the recorder's own listens to them.
  if (bare) {
    const routed = new WeakSet();
    const createSource = Native.prototype.createMediaElementSource;
    Native.prototype.createMediaElementSource = function (element) {
      routed.add(element);
      return createSource.call(this, element);
    };
    const play = HTMLMediaElement.prototype.play;
    HTMLMediaElement.prototype.play = function () {
      if (!rec.elements.includes(this)) rec.elements.push(this);
      if (!routed.has(this)) {
        rec.own ??= new AudioContext({ latencyHint: "playback" });
        void rec.own.resume();
        rec.own.createMediaElementSource(this).connect(rec.own.destination);
      }
      return play.call(this);
    };
  }
  // The moment of every input, in the time of day (as the tap counts).
  for (const type of ["pointerdown", "pointerup", "click", "keydown"])
    addEventListener(type, (event) => rec.inputs.push({ type, at: Date.now() - (performance.now() - event.timeStamp) }), { capture: true });
}

/** Answers what `page` has recorded and forgets it there. */
function collect() {
  const rec = window.__recorder;
  const pieces = rec.pieces.splice(0);
  const text = (list, Kind) => {
    const size = list.reduce((sum, one) => sum + one.length, 0);
    const all = new Kind(size);
    let at = 0;
    for (const one of list) {
      all.set(one, at);
      at += one.length;
    }
    const bytes = new Uint8Array(all.buffer);
    let out = "";
    for (let i = 0; i < bytes.length; i += 24576) out += btoa(String.fromCharCode.apply(null, bytes.subarray(i, i + 24576)));
    return out;
  };
  return {
    heads: pieces.map(({ id, first, filled }) => [id, first, filled]),
    left: text(pieces.map((one) => one.left.subarray(0, one.filled * 128)), Float32Array),
    right: text(pieces.map((one) => one.right.subarray(0, one.filled * 128)), Float32Array),
    times: text(pieces.map((one) => one.times.subarray(0, one.filled)), Float64Array),
    rates: rec.contexts.map((one) => one.sampleRate),
    inputs: rec.inputs.splice(0),
  };
}

const floats = (text, Kind) => {
  const bytes = Buffer.from(text, "base64");
  return new Kind(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength));
};

/**
 * Before `page.goto`: makes every AudioContext of the page `rate` Hz and records it. The page's context needs `bypassCSP`: the
 * tap is a blob, because requests of worklets pass by `page.route`, and routing would slow every request that is timed.
 * `bare`: also elements outside any graph. `discard`: listens but keeps nothing.
 */
export function record(page, { rate = 44100, discard = false, bare = false } = {}) {
  return page.addInitScript(install, { rate, source: TAP, discard, bare });
}

/**
 * The frames heard since the last call: `{rate, channels: [left, right], first, times (ms, a quantum), lost, inputs}`.
 * Each frame lies at its number minus `first`; `lost` = frames the tap did not see after the context's first half second
 * (until then the context moves to the audio thread and leaves some out).
 */
export async function heard(page) {
  const got = await page.evaluate(collect);
  const ids = new Set(got.heads.map(([id]) => id));
  if (ids.size > 1) throw new Error(`${ids.size} audio contexts made sound`);
  const rate = got.rates[got.heads[0]?.[0] ?? 0] ?? 0;
  const first = got.heads[0]?.[1] ?? 0;
  const [, last, rest] = got.heads.at(-1) ?? [0, first, 0];
  const sides = [got.left, got.right].map((text) => ({ from: floats(text, Float32Array), to: new Float32Array(last + rest * 128 - first) }));
  const clock = floats(got.times, Float64Array);
  const times = new Float64Array(sides[0].to.length / 128);
  let read = 0;
  let next = first;
  let lost = 0;
  for (const [, from, filled] of got.heads) {
    if (from > rate / 2) lost += from - next;
    next = from + filled * 128;
    for (const side of sides) side.to.set(side.from.subarray(read * 128, (read + filled) * 128), from - first);
    times.set(clock.subarray(read, read + filled), (from - first) / 128);
    read += filled;
  }
  return { rate, channels: sides.map((side) => side.to), first, times, lost, inputs: got.inputs };
}

/** Frame numbers (from the recording's begin) to the time of day in ms. */
export function timeOf(recording, frame) {
  const quantum = Math.floor(frame / 128);
  return recording.times[Math.max(0, Math.min(recording.times.length - 1, quantum))] + ((frame % 128) / recording.rate) * 1000;
}

export const contextsMade = (page) => page.evaluate(() => window.__recorder.contexts.length);
