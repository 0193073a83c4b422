// Runs in the audio thread (AudioWorklet): hands on every frame it hears, with the context's frame number and the time of day.
/* global AudioWorkletProcessor, registerProcessor, currentFrame */
const QUANTA = 32;
const SIZE = 128;

class Tap extends AudioWorkletProcessor {
  constructor() {
    super();
    this.begin();
  }
  begin() {
    this.filled = 0;
    this.first = 0;
    this.left = new Float32Array(QUANTA * SIZE);
    this.right = new Float32Array(QUANTA * SIZE);
    this.times = new Float64Array(QUANTA);
  }
  process([input]) {
    // A quantum that the context left out would shift all that follows: the number of the first frame of each piece shows it.
    if (this.filled > 0 && currentFrame !== this.first + this.filled * SIZE) this.send();
    if (this.filled === 0) this.first = currentFrame;
    if (input.length > 0) {
      this.left.set(input[0], this.filled * SIZE);
      this.right.set(input[1] ?? input[0], this.filled * SIZE);
    }
    this.times[this.filled] = Date.now();
    this.filled += 1;
    if (this.filled === QUANTA) this.send();
    return true;
  }
  send() {
    const { first, filled, left, right, times } = this;
    this.port.postMessage({ first, filled, left, right, times }, [left.buffer, right.buffer, times.buffer]);
    this.begin();
  }
}
registerProcessor("resonance-test-tap", Tap);
