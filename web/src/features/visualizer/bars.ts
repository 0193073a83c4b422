import { css, plane, sharpness, type Painter } from "./painter";

const reach = 0.34;

/** Bass in the middle, treble at both sides, from the lower edge of the page. */
export function bars(canvas: HTMLCanvasElement): Painter {
  const context = plane(canvas);
  return {
    scale: sharpness(),
    draw({ bands, colours }, width, height) {
      context.clearRect(0, 0, width, height);
      const light = context.createLinearGradient(0, height * (1 - reach), 0, height);
      light.addColorStop(0, css(colours.accent, 0.9));
      light.addColorStop(1, css(colours.mid, 0.35));
      context.fillStyle = light;
      const count = bands.length * 2;
      const step = width / count;
      const thick = Math.max(1, step * 0.62);
      context.beginPath();
      for (let at = 0; at < count; at += 1) {
        const band = at < bands.length ? bands.length - 1 - at : at - bands.length;
        const tall = Math.max(1, (bands[band] ?? 0) * height * reach);
        context.rect(at * step + (step - thick) / 2, height - tall, thick, tall);
      }
      context.fill();
    },
    dispose: () => undefined,
  };
}
