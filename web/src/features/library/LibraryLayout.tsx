import { i18n } from "@lingui/core";
import { useQuery } from "@tanstack/react-query";
import { Link, Outlet, useRouter } from "@tanstack/react-router";
import { queries } from "@/shared/api/queries";
import { usePageLook } from "@/shared/hooks/scope";
import { useTitle } from "@/shared/hooks/useTitle";
import { trackCount } from "@/shared/lib/format";
import { IconButton } from "@/shared/ui/Button";
import { openMenu } from "@/shared/ui/menu";
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
  const router = useRouter();
  const openTools = (anchor: HTMLElement): void =>
    openMenu(anchor, i18n.t("Library"), [
      { label: i18n.t("Map"), icon: "map", run: () => void router.navigate({ to: "/map" }) },
      { label: i18n.t("DJ sets"), icon: "dj", run: () => void router.navigate({ to: "/sets" }) },
      { label: i18n.t("Duplicates"), icon: "album", run: () => void router.navigate({ to: "/duplicates" }) },
    ]);
  const tracks = libraries?.reduce((sum, library) => sum + library.tracks, 0);
  return (
    <>
      <header className="row between lib-head">
        <h1 className="h-28">{i18n.t("Library")}</h1>
        <span className="row">
          {tracks !== undefined && tracks > 0 && <p className="t-3 num only-d">{trackCount(tracks)}</p>}
          <IconButton icon="more" label={i18n.t("More for {name}", { name: i18n.t("Library") })} aria-haspopup="menu" onClick={(event) => openTools(event.currentTarget)} />
        </span>
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
