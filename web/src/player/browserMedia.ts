import type { MediaPort } from "./mediaDeck";

type SourceMaker = typeof MediaSource;
const makers = globalThis as { MediaSource?: SourceMaker; ManagedMediaSource?: SourceMaker };

const flac = 'audio/mp4; codecs="flac"';
const canBeFed = (maker: SourceMaker | undefined): maker is SourceMaker => maker !== undefined && [flac, "audio/mpeg"].some((mime) => maker.isTypeSupported(mime));

/** MediaSource where it is; the managed one of iPhones; null = this browser plays whole files only. */
export function sourceMaker(): SourceMaker | null {
  return [makers.MediaSource, makers.ManagedMediaSource].find(canBeFed) ?? null;
}

export function browserMedia(maker: SourceMaker): MediaPort {
  return {
    makeAudio: () => new Audio(),
    makeSource: () => new maker(),
    attach(audio, source) {
      // A managed source works only where the sound cannot be sent to another device.
      if (maker === makers.ManagedMediaSource) audio.disableRemotePlayback = true;
      const address = URL.createObjectURL(source);
      audio.src = address;
      return () => {
        audio.removeAttribute("src");
        audio.load();
        URL.revokeObjectURL(address);
      };
    },
  };
}
