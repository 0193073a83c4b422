import { i18n } from "@lingui/core";
import { infiniteQueryOptions, queryOptions, type InfiniteData, type QueryClient } from "@tanstack/react-query";
import { api } from "@/shared/api/client";
import { Problem } from "@/shared/api/problem";
import type { Id, ImportCandidate, ImportChoice, ImportDetail, ImportEntry, ImportItem, ImportSettled, Items, Page } from "@/shared/api/types";
import { toast } from "@/shared/ui/toast";

export type EntryFilter = "open" | "settled" | "matched" | "all";
const pageSize = 100;

export const importsQuery = () => queryOptions({ queryKey: ["imports"], queryFn: ({ signal }) => api.get<Items<ImportItem>>("imports", undefined, signal).then((found) => found.items) });
export const importQuery = (id: Id) => queryOptions({ queryKey: ["import", id], queryFn: ({ signal }) => api.get<ImportDetail>(`imports/${id}`, undefined, signal) });

/** Entries stay where they are while one settles them; a new visit shows what is left. */
export const entriesQuery = (id: Id, state: EntryFilter) =>
  infiniteQueryOptions({
    queryKey: ["import", id, "entries", state] as readonly unknown[],
    queryFn: ({ pageParam, signal }) => api.get<Page<ImportEntry>>(`imports/${id}/entries`, { state, limit: pageSize, cursor: pageParam }, signal),
    initialPageParam: null as string | null,
    getNextPageParam: (last: Page<ImportEntry>) => last.next,
    staleTime: Infinity,
    gcTime: 0,
  });

export interface Counts {
  open: number;
  settled: number;
  matched: number;
}
export function countsOf(report: ImportDetail): Counts {
  const counts: Counts = { open: 0, settled: 0, matched: 0 };
  for (const list of report.playlists) {
    for (const line of list.matched) counts[line.settled ? "settled" : "matched"] += 1;
    for (const line of list.missing) counts[line.settled ? "settled" : "open"] += 1;
  }
  return counts;
}

/** Lines that say the same mean the same; how many say what each says. */
export function sameCounts(report: ImportDetail): (entry: Pick<ImportEntry, "path" | "title" | "artist" | "album" | "duration_s">) => number {
  const key = ({ path, title, artist, album, duration_s }: Pick<ImportEntry, "path" | "title" | "artist" | "album" | "duration_s">): string => JSON.stringify([path, title, artist, album, duration_s]);
  const found = new Map<string, number>();
  for (const list of report.playlists) for (const line of [...list.matched, ...list.missing]) found.set(key(line), (found.get(key(line)) ?? 0) + 1);
  return (entry) => found.get(key(entry)) ?? 1;
}

type Said = { track_id: Id | null } | { undo: true };
const same = (a: ImportEntry, b: ImportEntry): boolean => a.list === b.list && a.number === b.number;

/** Says what an entry, and every one that says the same, means; null is none of the tracks here. */
export async function settle(client: QueryClient, id: Id, entry: ImportEntry, said: Said): Promise<boolean> {
  const choice: ImportChoice = { list: entry.list, number: entry.number, everywhere: true, track_id: "undo" in said ? null : said.track_id, undo: "undo" in said };
  try {
    const after = await api.post<ImportSettled>(`imports/${id}/choices`, { choices: [choice] });
    client.setQueriesData<InfiniteData<Page<ImportEntry>>>({ queryKey: ["import", id, "entries"] }, (old) => old && { ...old, pages: old.pages.map((one) => ({ ...one, items: one.items.map((item) => after.entries.find((changed) => same(changed, item)) ?? item) })) });
    void client.invalidateQueries({ queryKey: ["import", id], exact: true });
    void client.invalidateQueries({ queryKey: ["imports"] });
    for (const list of after.playlists) void client.invalidateQueries({ queryKey: ["playlist", list.id] });
    if (after.playlists.length > 0) void client.invalidateQueries({ queryKey: ["playlists"] });
    return true;
  } catch (error) {
    toast({ text: refusal(error) });
    return false;
  }
}

function refusal(error: unknown): string {
  if (!(error instanceof Problem) || error.offline) return i18n.t("The server does not answer. Nothing was changed.");
  if (error.code === "playlist_gone") return i18n.t("The playlist of this import was deleted, so nothing can be put into it.");
  if (error.code === "follows_rule") return i18n.t("The playlist follows a rule now. Make it a normal playlist first.");
  return error.message;
}

/** What an entry is called: by its names, else by its file. */
export const entryName = (entry: Pick<ImportEntry, "title" | "artist" | "path">): string => entry.title || entry.path.split(/[\\/]/).at(-1) || i18n.t("An entry without a name");

/** How a candidate differs from what the file says; what agrees is only said where nothing differs. */
export function differences({ title, artist, album, longer_s }: ImportCandidate): { text: string; differs: boolean } {
  const apart = longer_s === null ? 0 : Math.round(longer_s);
  const told = [
    title === "other" && i18n.t("another title"),
    title === "alike" && i18n.t("similar title"),
    artist === "other" && i18n.t("another artist"),
    artist === "alike" && i18n.t("similar artist"),
    album === "other" && i18n.t("another album"),
    apart > 1 && i18n.t("{n} s longer", { n: apart }),
    apart < -1 && i18n.t("{n} s shorter", { n: -apart }),
  ].filter((one) => one !== false);
  if (told.length > 0) return { text: told.join(", "), differs: true };
  const agrees = [title === "same" && i18n.t("title"), artist === "same" && i18n.t("artist"), album === "same" && i18n.t("album"), longer_s !== null && i18n.t("length")].filter((one) => one !== false);
  return { text: agrees.length > 0 ? i18n.t("the same {facts}", { facts: new Intl.ListFormat(i18n.locale).format(agrees) }) : "", differs: false };
}

export const reasonWords = (reason: string | null): string => {
  const words: Record<string, string> = {
    "Several tracks fit equally well.": i18n.t("Several tracks fit equally well."),
    "Only another version or length of it is here.": i18n.t("Only another version or length of it is here."),
    "Nothing like it is here.": i18n.t("Nothing like it is here."),
    "It is an address on the internet, not a file.": i18n.t("It is an address on the internet, not a file."),
    "It is none of the tracks here, as you said.": i18n.t("It is none of the tracks here, as you said."),
  };
  return words[reason ?? ""] ?? reason ?? "";
};
export const howWords = (how: string): string => {
  const words: Record<string, string> = {
    path: i18n.t("by path"),
    file: i18n.t("by the end of the path"),
    mbid: i18n.t("by MusicBrainz id"),
    isrc: i18n.t("by ISRC"),
    names: i18n.t("by names"),
    payload: i18n.t("by sound"),
    id: i18n.t("by id"),
    hand: i18n.t("by you"),
  };
  return words[how] ?? how;
};
export const formatWords = (format: string): string => ({ m3u: "M3U", m3u8: "M3U8", pls: "PLS", xspf: "XSPF", jspf: "JSPF", rekordbox: "Rekordbox XML", nml: "Traktor NML" })[format] ?? format;
