/** Runs in the audio thread; Vite emits it as a file of its own. */
import { Limiter } from "./limiter";

declare const sampleRate: number;
declare class AudioWorkletProcessor {
  readonly port: MessagePort;
}
declare function registerProcessor(name: string, processor: new () => AudioWorkletProcessor): void;

registerProcessor(
  "resonance-limiter",
  class extends AudioWorkletProcessor {
    private readonly limiter = new Limiter(sampleRate);
    private alive = true;

    constructor() {
      super();
      // Without a goodbye the processor would run as long as the page.
      this.port.onmessage = () => {
        this.alive = false;
      };
    }

    process(inputs: Float32Array[][], outputs: Float32Array[][]): boolean {
      this.limiter.process(inputs[0] ?? [], outputs[0] ?? []);
      return this.alive;
    }
  },
);
