import { i18n } from "@lingui/core";
import { useQuery } from "@tanstack/react-query";
import { Link, Outlet } from "@tanstack/react-router";
import { queries } from "@/shared/api/queries";
import { usePageLook } from "@/shared/hooks/scope";
import { useTitle } from "@/shared/hooks/useTitle";
import { trackCount } from "@/shared/lib/format";
import "./library.css";

export default function LibraryLayout() {
  const { data: libraries } = useQuery(queries.libraries());
  usePageLook({});
  useTitle(i18n.t("Library"));
  const tabs = [
    { to: "/library/artists", label: i18n.t("Artists") },
    { to: "/library/albums", label: i18n.t("Albums") },
    { to: "/library/tracks", label: i18n.t("Tracks") },
    { to: "/library/genres", label: i18n.t("Genres") },
  ] as const;
  const tracks = libraries?.reduce((sum, library) => sum + library.tracks, 0);
  return (
    <>
      <header className="row between lib-head">
        <h1 className="h-28">{i18n.t("Library")}</h1>
        {tracks !== undefined && tracks > 0 && <p className="t-3 num only-d">{trackCount(tracks)}</p>}
      </header>
      <nav className="tabs" aria-label={i18n.t("Library sections")}>
        {tabs.map((tab) => (
          <Link key={tab.to} to={tab.to} activeOptions={{ includeSearch: false }} activeProps={{ "aria-current": "page" }}>
            {tab.label}
          </Link>
        ))}
      </nav>
      <Outlet />
    </>
  );
}
