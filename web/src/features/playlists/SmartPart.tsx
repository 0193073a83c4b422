import { i18n } from "@lingui/core";
import { useQuery, useQueryClient, type QueryClient } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { fieldsQuery, freezePlaylist, putRule, refreshPlaylist, ruleQuery } from "@/media/rules/queries";
import { sentence } from "@/media/rules/sentence";
import { apiUrl } from "@/shared/api/client";
import { Problem } from "@/shared/api/problem";
import type { Id, PlaylistItem } from "@/shared/api/types";
import { Icon } from "@/shared/ui/Icon";
import type { MenuEntry } from "@/shared/ui/menu";
import { toast } from "@/shared/ui/toast";

/** What a smart playlist is made of, for its owner. The page is whole without it. */
export function SmartSentence({ id }: { id: Id }) {
  const { data: fields } = useQuery(fieldsQuery());
  const { data } = useQuery({ ...ruleQuery(id), retry: false });
  if (!fields || !data) return <p className="pl-about pl-rule" />;
  return <p className="pl-about pl-rule">{sentence(data.rule, { fields, ids: data.names }).map((piece, at) => (piece.strong ? <b key={at}>{piece.text}</b> : piece.text))}</p>;
}

export function RulesLink({ id }: { id: Id }) {
  return (
    <Link className="btn" to="/playlists/$playlistId/rules" params={{ playlistId: id }}>
      <Icon name="filter" />
      {i18n.t("Rules")}
    </Link>
  );
}

async function attempt(client: QueryClient, id: Id, work: () => Promise<unknown>, done: () => void): Promise<void> {
  try {
    await work();
    done();
  } catch (error) {
    toast({ text: error instanceof Problem ? error.message : i18n.t("The playlist could not be changed.") });
  }
  void client.invalidateQueries({ queryKey: ["playlist", id] });
  void client.invalidateQueries({ queryKey: ["playlists"] });
}

/** It keeps the tracks of now; "Undo" lets it follow its rule again. */
async function freeze(client: QueryClient, id: Id): Promise<void> {
  let back: (() => void) | null = null;
  await attempt(
    client,
    id,
    async () => {
      const { rule } = await client.fetchQuery(ruleQuery(id));
      await freezePlaylist(id);
      back = () =>
        void attempt(
          client,
          id,
          () => putRule(id, rule),
          () => undefined,
        );
    },
    () => toast({ text: i18n.t("Now a normal playlist"), ...(back ? { action: { label: i18n.t("Undo"), run: back } } : {}) }),
  );
}

/** What only the owner of a smart playlist can do. */
export function useSmartMenu(list: PlaylistItem): MenuEntry[] {
  const client = useQueryClient();
  if (!list.mine || !list.smart) return [];
  const { id } = list;
  const refresh = (): void =>
    void attempt(
      client,
      id,
      () => refreshPlaylist(id),
      () => toast({ text: i18n.t("The list is up to date") }),
    );
  return [
    { label: i18n.t("Refresh now"), icon: "refresh", run: refresh },
    { label: i18n.t("Make it a normal playlist"), icon: "list", run: () => void freeze(client, id) },
    { label: i18n.t("Save as .nsp file"), icon: "download", run: () => window.location.assign(apiUrl(`playlists/${id}/rule.nsp`)) },
  ];
}
