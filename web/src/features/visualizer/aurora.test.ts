import { expect, it } from "vitest";
import { blobsAt, type Blob } from "./aurora";

it("keeps its lights near the picture, and a louder band is a larger and brighter light", () => {
  const make = (): Blob[] => [0, 1, 2].map(() => ({ x: 0, y: 0, radius: 0, light: 0 }));
  const [quiet, loud] = [make(), make()];
  for (let time = 0; time < 600; time += 7) {
    blobsAt(time, new Float32Array([0, 0, 0]), quiet);
    blobsAt(time, new Float32Array([1, 1, 1]), loud);
    loud.forEach((blob, at) => {
      const calm = quiet[at] as Blob;
      expect(blob.x).toBeGreaterThan(0.05);
      expect(blob.x).toBeLessThan(0.95);
      expect(blob.y).toBeGreaterThan(0.1);
      expect(blob.y).toBeLessThan(0.95);
      expect(blob.radius).toBeGreaterThan(calm.radius);
      expect(blob.light).toBeGreaterThan(calm.light);
      expect(blob.light).toBeLessThanOrEqual(1);
    });
  }
});
