import { QueryClient } from "@tanstack/react-query";
import { describe, expect, it } from "vitest";
import { albumDetails, albums } from "@/test/fakeData";
import { patchEverywhere } from "./patch";
import type { AlbumDetail, Page, AlbumItem } from "./types";

describe("patchEverywhere", () => {
  it("changes the item wherever it lies and leaves the rest identical", () => {
    const client = new QueryClient();
    const detail = albumDetails[0] as AlbumDetail;
    const track = detail.discs[0]?.tracks[2];
    const pages = { pages: [{ items: albums.slice(0, 3), next: null }], pageParams: [null] };
    client.setQueryData(["album", detail.id], detail);
    client.setQueryData(["albums", {}], pages);
    patchEverywhere(client, "track", track?.id ?? "", { liked: !track?.liked });
    const after = client.getQueryData<AlbumDetail>(["album", detail.id]);
    expect(after?.discs[0]?.tracks[2]?.liked).toBe(!track?.liked);
    expect(after?.discs[0]?.tracks[1]).toBe(detail.discs[0]?.tracks[1]);
    expect(client.getQueryData(["albums", {}])).toBe(pages);

    patchEverywhere(client, "album", detail.id, { liked: false });
    expect(client.getQueryData<{ pages: Page<AlbumItem>[] }>(["albums", {}])?.pages[0]?.items[0]?.liked).toBe(false);
    expect(client.getQueryData<AlbumDetail>(["album", detail.id])?.liked).toBe(false);
  });
});
