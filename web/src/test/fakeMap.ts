/** An invented map: some clouds of points, thin dust between them, always the same. */
const labels = ["Slow piano", "Folk", "Chamber, strings", "Jazz, small group", "Disco and boogie", "Machine funk", "Choirs, drones", "Field recordings", "Dub", "Ambient", "Guitar bands", "Soul"];

export function chance(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}

interface Cloud {
  x: number;
  y: number;
  wide: number;
  high: number;
  turn: number;
  energy: number;
}
function clouds(): Cloud[] {
  const random = chance(11);
  return labels.map((_, i) => ({
    x: 0.12 + 0.25 * (i % 4) + 0.09 * (random() - 0.5),
    y: 0.17 + 0.32 * Math.floor(i / 4) + 0.12 * (random() - 0.5),
    wide: 0.04 + 0.05 * random(),
    high: 0.025 + 0.04 * random(),
    turn: random() * Math.PI,
    energy: 0.08 + 0.84 * (((i % 4) + random()) / 4.2),
  }));
}
const bell = (random: () => number): number => random() + random() + random() + random() - 2;

/** The bytes of GET /map/points. */
export function mapBytes(count: number, layout: number): ArrayBuffer {
  const bytes = new ArrayBuffer(16 + 6 * count);
  const view = new DataView(bytes);
  [0x52, 0x4d, 0x41, 0x50].forEach((letter, i) => view.setUint8(i, letter));
  view.setUint32(4, 1, true);
  view.setUint32(8, count, true);
  view.setUint32(12, layout, true);
  const random = chance(layout);
  const all = clouds();
  const byte = (value: number, most: number): number => Math.round(Math.min(1, Math.max(0, value)) * most);
  for (let i = 0; i < count; i += 1) {
    const number = Math.floor(random() ** 1.5 * all.length);
    const cloud = all[number] as Cloud;
    let [x, y] = [-1, -1];
    while (x < 0 || y < 0 || x > 1 || y > 1) {
      const loose = random() < 0.12 ? 3.2 : 1;
      const [a, b] = [bell(random) * cloud.wide * loose, bell(random) * cloud.high * loose];
      x = cloud.x + a * Math.cos(cloud.turn) - b * Math.sin(cloud.turn);
      y = cloud.y + a * Math.sin(cloud.turn) + b * Math.cos(cloud.turn) + 3.2 * a * a;
    }
    view.setUint16(16 + 2 * i, byte(x, 65_535), true);
    view.setUint16(16 + 2 * count + 2 * i, byte(y, 65_535), true);
    view.setUint8(16 + 4 * count + i, number);
    view.setUint8(16 + 5 * count + i, random() < 0.03 ? 255 : byte(cloud.energy + 0.12 * bell(random), 254));
  }
  return bytes;
}

export function mapInfo(count: number, layout: number) {
  const bytes = mapBytes(count, layout);
  const tracks = labels.map(() => 0);
  new Uint8Array(bytes, 16 + 4 * count, count).forEach((region) => (tracks[region] = (tracks[region] ?? 0) + 1));
  const regions = clouds()
    .map((cloud, number) => ({ number, label: labels[number] ?? "", x: cloud.x, y: cloud.y, tracks: tracks[number] ?? 0, hue: Math.round((number * 137.5) % 360), cover_ids: [] as string[] }))
    .filter((region) => region.tracks > 0)
    .sort((a, b) => b.tracks - a.tracks);
  return { layout, state: "ready", space: "timbre", count, drawn_at: "2026-11-20T10:00:00Z", regions };
}

/** Where one point lies. */
export function mapPlace(count: number, layout: number, index: number) {
  const view = new DataView(mapBytes(count, layout));
  return { layout, index, x: view.getUint16(16 + 2 * index, true) / 65_535, y: view.getUint16(16 + 2 * count + 2 * index, true) / 65_535 };
}
