import { i18n } from "@lingui/core";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { playlistsQuery } from "./api";
import "./rail.css";

const most = 30;

/** One's own playlists, the latest change first; as many as fit. */
export function RailPlaylists() {
  const { data = [] } = useQuery({ ...playlistsQuery(), retry: false });
  const mine = data.filter((one) => one.mine).sort((a, b) => b.changed_at.localeCompare(a.changed_at));
  if (mine.length === 0) return <div className="rail-rest" />;
  return (
    <div className="rail-pl">
      <p className="label" id="rail-playlists">
        {i18n.t("Playlists")}
      </p>
      <ul aria-labelledby="rail-playlists">
        {mine.slice(0, most).map((one) => (
          <li key={one.id}>
            <Link to="/playlists/$playlistId" params={{ playlistId: one.id }} className="cut" activeProps={{ "aria-current": "page" }} data-tip={one.name} data-tip-cut>
              {one.name}
            </Link>
          </li>
        ))}
      </ul>
    </div>
  );
}
