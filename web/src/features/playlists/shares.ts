import { i18n } from "@lingui/core";
import { queryOptions, type QueryClient } from "@tanstack/react-query";
import { api, url } from "@/shared/api/client";
import type { Id, Items, ShareItem } from "@/shared/api/types";
import { toast } from "@/shared/ui/toast";

export const sharesQuery = () => queryOptions({ queryKey: ["shares"], queryFn: ({ signal }) => api.get<Items<ShareItem>>("shares", undefined, signal).then((page) => page.items) });

/** The token stands behind #, so that no server on the way writes it down. */
export const addressOf = (share: ShareItem): string | null => share.secret && `${url("share")}#${share.secret}`;

export interface NewShare {
  label: string;
  plays: boolean;
  expires_at: string | null;
  password: string | null;
}

/** What is left out stays as it is; null takes the end or the password away. */
export async function changeShare(client: QueryClient, share: ShareItem, body: Partial<NewShare>): Promise<void> {
  const after = await api.patch<ShareItem>(`shares/${share.id}`, body);
  client.setQueryData(sharesQuery().queryKey, (old) => old?.map((one) => (one.id === after.id ? after : one)));
}

export async function createShare(client: QueryClient, playlistId: Id, body: NewShare): Promise<ShareItem> {
  const made = await api.post<ShareItem>(`playlists/${playlistId}/shares`, body);
  client.setQueryData(sharesQuery().queryKey, (old) => old && [made, ...old]);
  return made;
}

export async function endShare(client: QueryClient, share: ShareItem): Promise<void> {
  try {
    await api.delete(`shares/${share.id}`);
    client.setQueryData(sharesQuery().queryKey, (old) => old?.filter((one) => one.id !== share.id));
    toast({ text: i18n.t("The link opens nothing any more.") });
  } catch {
    toast({ text: i18n.t("The link could not be ended.") });
  }
}

const day = 24 * 3600 * 1000;
/** For how long a link stands, in days; "" does not end. */
export const spans = (): { value: string; label: string }[] => [
  { value: "", label: i18n.t("Until I end it") },
  { value: "1", label: i18n.t("A day") },
  { value: "7", label: i18n.t("A week") },
  { value: "30", label: i18n.t("30 days") },
];
export const endOf = (days: string): string | null => (days ? new Date(Date.now() + Number(days) * day).toISOString() : null);

/** How long a link stands, in words. */
export const untilWords = (share: ShareItem): string => {
  if (share.expired) return i18n.t("over");
  return share.expires_at ? i18n.t("until {day}", { day: new Date(share.expires_at).toLocaleDateString(i18n.locale) }) : i18n.t("without end");
};
