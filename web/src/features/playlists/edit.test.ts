import { QueryClient } from "@tanstack/react-query";
import { http, HttpResponse } from "msw";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { PlaylistDetail } from "@/shared/api/types";
import { tracks } from "@/test/fakeData";
import { server } from "@/test/msw";
import { useToasts } from "@/shared/ui/toast";
import { moveEntry, playlistQuery, removeEntries } from "./api";

const id = "pl1";
const list = (): PlaylistDetail => ({
  id,
  name: "Rain",
  comment: "",
  public: false,
  owner: { id: "u", name: "lena" },
  mine: true,
  track_count: 4,
  duration_s: 1,
  cover_ids: [],
  created_at: "2026-11-21T10:00:00Z",
  changed_at: "2026-11-21T10:00:00Z",
  version: 7,
  smart: false,
  valid_until: null,
  cover: null,
  follows_file: false,
  entries: tracks.slice(0, 4).map((track, n) => ({ id: `e${n}`, track, added_at: "2026-11-21T10:00:00Z" })),
});

interface Seen {
  path: string;
  version: string | null;
  body: unknown;
}
let seen: Seen[] = [];
let version = 7;
const note = async (request: Request): Promise<void> => {
  seen.push({ path: new URL(request.url).pathname.split("/").slice(-1).join(), version: request.headers.get("if-match"), body: await request.json() });
};
/** Answers like the server: a version that is not the present one is a conflict. */
const change = async ({ request }: { request: Request }) => {
  await note(request);
  const asked = request.headers.get("if-match");
  if (asked !== null && asked !== `"${version}"`) return HttpResponse.json({ code: "conflict", detail: "Changed meanwhile." }, { status: 409 });
  version += 1;
  return HttpResponse.json({ ...list(), entries: undefined, version });
};
const base = "*/api/v1/playlists";
beforeEach(() => server.use(http.post(`${base}/:id/move`, change), http.post(`${base}/:id/entries`, change), http.delete(`${base}/:id/entries`, change)));
afterEach(() => {
  seen = [];
  version = 7;
  useToasts.setState({ shown: null });
});

function loaded(): { client: QueryClient; shown: () => PlaylistDetail; order: () => string[] } {
  const client = new QueryClient({ defaultOptions: { queries: { retry: false, enabled: false } } });
  client.setQueryData(playlistQuery(id).queryKey, list());
  const shown = (): PlaylistDetail => client.getQueryData(playlistQuery(id).queryKey) as PlaylistDetail;
  return { client, shown, order: () => shown().entries.map((entry) => entry.id) };
}

describe("changing a playlist", () => {
  it("shows a move at once and names the entry it stands before", async () => {
    const { client, order } = loaded();
    const done = moveEntry(client, id, 0, 2);
    expect(order()).toEqual(["e1", "e2", "e0", "e3"]);
    expect(await done).toBe(true);
    expect(seen).toEqual([{ path: "move", version: '"7"', body: { entry_ids: ["e0"], before: "e3" } }]);
  });

  it("moves to the end with no entry before", async () => {
    const { client, order } = loaded();
    await moveEntry(client, id, 1, 3);
    expect(order()).toEqual(["e0", "e2", "e3", "e1"]);
    expect(seen[0]?.body).toEqual({ entry_ids: ["e1"], before: null });
  });

  it("sends fast moves one after the other, each against the version before it", async () => {
    const { client } = loaded();
    const first = moveEntry(client, id, 0, 1);
    const second = moveEntry(client, id, 1, 2);
    expect([await first, await second]).toEqual([true, true]);
    expect(seen.map((one) => one.version)).toEqual(['"7"', '"8"']);
  });

  it("tells of a conflict", async () => {
    const { client } = loaded();
    version = 9;
    expect(await moveEntry(client, id, 0, 1)).toBe(false);
    expect(useToasts.getState().shown?.text).toContain("changed elsewhere");
    expect(client.getQueryState(playlistQuery(id).queryKey)?.isInvalidated).toBe(true);
  });

  it("asks again when the list changed while the answer was on its way", async () => {
    const { client, order } = loaded();
    let asked = 0;
    server.use(
      http.get(`${base}/:id`, async () => {
        asked += 1;
        await new Promise((wait) => setTimeout(wait, 30));
        const [a, b, c, d] = list().entries;
        return HttpResponse.json({ ...list(), version, entries: asked === 1 ? [a, b, c, d] : [b, a, c, d] });
      }),
    );
    const answer = client.fetchQuery(playlistQuery(id));
    await new Promise((wait) => setTimeout(wait, 10));
    const moved = moveEntry(client, id, 0, 1);
    expect(order()).toEqual(["e1", "e0", "e2", "e3"]);
    await moved;
    await answer;
    expect(order()).toEqual(["e1", "e0", "e2", "e3"]);
    expect(asked).toBe(2);
  });

  it("removes with a way back to the same place", async () => {
    const { client, shown, order } = loaded();
    await removeEntries(client, id, [1]);
    expect(order()).toEqual(["e0", "e2", "e3"]);
    expect(shown().track_count).toBe(3);
    useToasts.getState().shown?.action?.run();
    await new Promise((wait) => setTimeout(wait, 50));
    expect(order()).toEqual(["e0", "e1", "e2", "e3"]);
    expect(seen.at(-1)).toMatchObject({ path: "entries", body: { track_ids: [tracks[1]?.id], position: 1 } });
  });

  it("removes several together and puts every run of neighbours back", async () => {
    const { client, order } = loaded();
    await removeEntries(client, id, [3, 0, 1]);
    expect(order()).toEqual(["e2"]);
    expect(seen.at(-1)).toMatchObject({ path: "entries", body: { entry_ids: ["e0", "e1", "e3"] } });
    useToasts.getState().shown?.action?.run();
    await new Promise((wait) => setTimeout(wait, 80));
    expect(order()).toEqual(["e0", "e1", "e2", "e3"]);
    expect(seen.slice(-2)).toMatchObject([{ body: { position: 0 } }, { body: { position: 3 } }]);
  });
});
