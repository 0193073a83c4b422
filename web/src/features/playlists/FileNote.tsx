import { i18n } from "@lingui/core";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { api } from "@/shared/api/client";
import { Problem } from "@/shared/api/problem";
import type { PlaylistFile, PlaylistItem } from "@/shared/api/types";
import { Icon } from "@/shared/ui/Icon";

/** Where a playlist comes from that a file in the library fills. Other lists are not asked about. */
export function FileNote({ list }: { list: PlaylistItem }) {
  const { data } = useQuery({
    queryKey: ["playlist", list.id, "file"],
    enabled: list.follows_file,
    queryFn: ({ signal }) =>
      api.get<PlaylistFile>(`playlists/${list.id}/file`, undefined, signal).catch((error: unknown) => {
        if (error instanceof Problem && error.status === 404) return null;
        throw error;
      }),
  });
  if (!data || !list.follows_file) return null;
  return (
    <p className="t-2 pl-file">
      <Icon name="folder" size="s" />
      <span>
        {i18n.t("Follows the file {name}. An edit here ends that.", { name: data.path.split("/").at(-1) ?? data.path })}
        {data.missing > 0 && ` ${i18n.t("{count, plural, one {# entry of it is} other {# entries of it are}} not here yet.", { count: data.missing })}`}
      </span>
      {data.missing > 0 && data.report_id && list.mine && (
        <Link className="btn" data-size="s" to="/playlists/imports/$importId" params={{ importId: data.report_id }}>
          {i18n.t("Settle them")}
        </Link>
      )}
    </p>
  );
}
