import { QueryClient } from "@tanstack/react-query";
import { http, HttpResponse } from "msw";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { PlaylistDetail } from "@/shared/api/types";
import { tracks } from "@/test/fakeData";
import { server } from "@/test/msw";
import { useToasts } from "@/shared/ui/toast";
import { playlistQuery } from "./api";
import { changePlaylist, dedupe, moveEntries, removeEntries, sortBy, undo } from "./edits";

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
  seen.push({ path: new URL(request.url).pathname.split("/").slice(-1).join(), version: request.headers.get("if-match"), body: await request.json().catch(() => null) });
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
const nothing = () => HttpResponse.json({ code: "nothing_to_undo", detail: "There is nothing to take back." }, { status: 409 });
beforeEach(() =>
  server.use(http.delete(`${base}/:id/entries`, change), http.patch(`${base}/:id`, change), ...["move", "entries", "sort", "dedupe", "undo"].map((path) => http.post(`${base}/:id/${path}`, change))),
);
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
    const done = moveEntries(client, id, 0, 2);
    expect(order()).toEqual(["e1", "e2", "e0", "e3"]);
    expect(await done).toBe(true);
    expect(seen).toEqual([{ path: "move", version: '"7"', body: { entry_ids: ["e0"], before: "e3" } }]);
  });

  it("moves to the end with no entry before", async () => {
    const { client, order } = loaded();
    await moveEntries(client, id, 1, 3);
    expect(order()).toEqual(["e0", "e2", "e3", "e1"]);
    expect(seen[0]?.body).toEqual({ entry_ids: ["e1"], before: null });
  });

  it("sends fast moves one after the other, each against the version before it", async () => {
    const { client } = loaded();
    const first = moveEntries(client, id, 0, 1);
    const second = moveEntries(client, id, 1, 2);
    expect([await first, await second]).toEqual([true, true]);
    expect(seen.map((one) => one.version)).toEqual(['"7"', '"8"']);
  });

  it("tells of a conflict", async () => {
    const { client } = loaded();
    version = 9;
    expect(await moveEntries(client, id, 0, 1)).toBe(false);
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
    const moved = moveEntries(client, id, 0, 1);
    expect(order()).toEqual(["e1", "e0", "e2", "e3"]);
    await moved;
    await answer;
    expect(order()).toEqual(["e1", "e0", "e2", "e3"]);
    expect(asked).toBe(2);
  });

  it("removes, and the server puts the same entries back", async () => {
    const { client, shown, order } = loaded();
    const first = shown().entries[1];
    await removeEntries(client, id, [1]);
    expect(order()).toEqual(["e0", "e2", "e3"]);
    expect(shown().track_count).toBe(3);
    useToasts.getState().shown?.action?.run();
    expect(shown().entries[1]).toEqual(first);
    await vi.waitFor(() => expect(seen.at(-1)).toMatchObject({ path: "undo", version: null }));
    expect(order()).toEqual(["e0", "e1", "e2", "e3"]);
    expect(useToasts.getState().shown).toBeNull();
  });

  it("removes and moves several together", async () => {
    const { client, order } = loaded();
    await moveEntries(client, id, 3, 0, [1, 3]);
    expect(order()).toEqual(["e1", "e3", "e0", "e2"]);
    expect(seen.at(-1)).toMatchObject({ path: "move", body: { entry_ids: ["e1", "e3"], before: "e0" } });
    await removeEntries(client, id, [3, 0, 1]);
    expect(order()).toEqual(["e0"]);
    expect(seen.at(-1)).toMatchObject({ path: "entries", body: { entry_ids: ["e2", "e1", "e3"] } });
  });
});

describe("taking changes back", () => {
  it("goes one after the other, the last first, each after what was still on its way", async () => {
    const { client, order } = loaded();
    void moveEntries(client, id, 0, 3);
    void removeEntries(client, id, [0]);
    expect(order()).toEqual(["e2", "e3", "e0"]);
    const first = undo(client, id);
    expect(order()).toEqual(["e1", "e2", "e3", "e0"]);
    const second = undo(client, id);
    expect(order()).toEqual(["e0", "e1", "e2", "e3"]);
    expect([await first, await second]).toEqual([true, true]);
    expect(seen.map((one) => one.path)).toEqual(["move", "entries", "undo", "undo"]);
  });

  it("is offered after sorting and after duplicates went", async () => {
    const { client, shown } = loaded();
    await sortBy(client, id, "year", "Year");
    expect(useToasts.getState().shown).toMatchObject({ text: "Sorted by Year", action: { label: "Undo" } });
    expect(client.getQueryState(playlistQuery(id).queryKey)?.isInvalidated).toBe(true);
    await dedupe(client, shown());
    expect(useToasts.getState().shown?.text).toBe("No track was in it twice");
  });

  it("says when nothing is left, and shows how the list is", async () => {
    server.use(http.post(`${base}/:id/undo`, nothing));
    const { client } = loaded();
    expect(await undo(client, id)).toBe(false);
    expect(useToasts.getState().shown?.text).toContain("nothing to undo");
    expect(client.getQueryState(playlistQuery(id).queryKey)?.isInvalidated).toBe(true);
  });

  it("shows nothing older than a new name, which the server does not take back", async () => {
    server.use(http.post(`${base}/:id/undo`, nothing));
    const { client, order } = loaded();
    await removeEntries(client, id, [0]);
    await changePlaylist(client, id, { name: "Hail" });
    void undo(client, id);
    expect(order()).toEqual(["e1", "e2", "e3"]);
  });

  it("does not take back what the server has refused", async () => {
    const { client, order } = loaded();
    version = 9;
    await removeEntries(client, id, [0]);
    client.setQueryData(playlistQuery(id).queryKey, { ...list(), version: 9 });
    void undo(client, id);
    expect(order()).toEqual(["e0", "e1", "e2", "e3"]);
  });
});
