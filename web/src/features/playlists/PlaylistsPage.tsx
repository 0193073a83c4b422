import { i18n } from "@lingui/core";
import { useQuery } from "@tanstack/react-query";
import { getRouteApi, Link, useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { newPlaylist } from "@/media/playlists";
import type { Id, PlaylistFolder, PlaylistItem, PlaylistShelf } from "@/shared/api/types";
import { usePageLook } from "@/shared/hooks/scope";
import { useTitle } from "@/shared/hooks/useTitle";
import { Button } from "@/shared/ui/Button";
import { Icon } from "@/shared/ui/Icon";
import { openMenu } from "@/shared/ui/menu";
import { EmptyState, ErrorState, SkeletonCovers } from "@/shared/ui/states";
import { playlistsQuery } from "./api";
import { DropInto, FolderCard } from "./FolderCard";
import { FolderDialog } from "./FolderDialog";
import { level, shelfQuery, wayTo } from "./folders";
import { ImportDialog } from "./ImportDialog";
import { PlaylistCard } from "./PlaylistCard";
import { mayWrite } from "./register";
import { SharesDialog } from "./SharesDialog";
import "./playlists.css";

const route = getRouteApi("/inside/app/playlists");
const noShelf: PlaylistShelf = { folders: [], places: [] };

type Open = { what: "folder"; folder?: PlaylistFolder } | { what: "import" } | { what: "shares" } | null;

export default function PlaylistsPage() {
  const { data, error, isPending, refetch } = useQuery(playlistsQuery());
  const shelf = useQuery(shelfQuery()).data ?? noShelf;
  const { folder: wanted = null } = route.useSearch();
  const navigate = useNavigate();
  const [open, setOpen] = useState<Open>(null);
  const way = wayTo(shelf, wanted);
  const here = way.at(-1) ?? null;
  usePageLook({});
  useTitle(here?.name ?? i18n.t("Playlists"));
  const shown = level(shelf, data ?? [], here?.id ?? null);
  const placed = new Set(shelf.places.map((place) => place.playlist_id));
  const others = here ? [] : shown.lists.filter((one) => !one.mine && !placed.has(one.id));
  const mine = shown.lists.filter((one) => !others.includes(one));
  const nothing = data !== undefined && mine.length === 0 && shown.folders.length === 0;
  const menu = (anchor: HTMLElement): void =>
    openMenu(anchor, i18n.t("New"), [
      { label: i18n.t("Playlist"), icon: "list", run: newPlaylist },
      { label: i18n.t("Smart playlist"), icon: "filter", run: () => void navigate({ to: "/playlists/smart/new" }) },
      { label: i18n.t("From a sentence"), icon: "wand", run: () => void navigate({ to: "/prompt" }) },
      { label: i18n.t("Folder"), icon: "folder", run: () => setOpen({ what: "folder" }) },
      "line",
      { label: i18n.t("Import a file…"), icon: "download", run: () => setOpen({ what: "import" }) },
      { label: i18n.t("Past imports"), icon: "clock", run: () => void navigate({ to: "/playlists/imports" }) },
    ]);
  return (
    <>
      <header className="row between pls-head">
        <div className="cut">
          {here && <Way way={way} />}
          <h1 className="h-28 cut">{here?.name ?? i18n.t("Playlists")}</h1>
        </div>
        {data && mayWrite() && (
          <span className="row">
            <Button kind="quiet" icon="external" onClick={() => setOpen({ what: "shares" })}>
              {i18n.t("My links")}
            </Button>
            <Button icon="plus" aria-haspopup="menu" onClick={(event) => menu(event.currentTarget)}>
              {i18n.t("New")}
            </Button>
          </span>
        )}
      </header>
      {isPending && <SkeletonCovers count={10} />}
      {error && !data && <ErrorState what={i18n.t("The playlists could not be loaded")} error={error} onRetry={() => void refetch()} />}
      {nothing && <Nothing inFolder={here !== null} />}
      {data && shown.folders.length > 0 && (
        <ul className="pls-folders">
          {shown.folders.map((folder) => (
            <li key={folder.id}>
              <FolderCard folder={folder} shelf={shelf} siblings={shown.folders} onRename={(one) => setOpen({ what: "folder", folder: one })} />
            </li>
          ))}
        </ul>
      )}
      <Lists lists={mine} shelf={shelf} folder={here?.id ?? null} />
      {others.length > 0 && (
        <section className="sect" aria-labelledby="pls-others">
          <header>
            <h2 id="pls-others" className="h-20">
              {i18n.t("Shared by others")}
            </h2>
          </header>
          <ul className="grid">
            {others.map((list) => (
              <li key={list.id}>
                <PlaylistCard list={list} />
              </li>
            ))}
          </ul>
        </section>
      )}
      {open?.what === "folder" && <FolderDialog folder={open.folder} parent={here?.id ?? null} onClose={() => setOpen(null)} />}
      {open?.what === "import" && <ImportDialog onClose={() => setOpen(null)} />}
      {open?.what === "shares" && <SharesDialog onClose={() => setOpen(null)} />}
    </>
  );
}

function Lists({ lists, shelf, folder }: { lists: readonly PlaylistItem[]; shelf: PlaylistShelf; folder: Id | null }) {
  if (lists.length === 0) return null;
  return (
    <ul className="grid">
      {lists.map((list) => (
        <li key={list.id}>
          <PlaylistCard list={list} among={{ lists, shelf, folder }} />
        </li>
      ))}
    </ul>
  );
}

/** The folders above, each a place to go and to drop on. */
function Way({ way }: { way: readonly PlaylistFolder[] }) {
  return (
    <nav aria-label={i18n.t("Folders above")} className="pls-way">
      <DropInto folder={null} className="pls-step">
        <Link to="/playlists" search={{}}>
          {i18n.t("Playlists")}
        </Link>
      </DropInto>
      {way.slice(0, -1).map((folder) => (
        <DropInto key={folder.id} folder={folder.id} className="pls-step">
          <Icon name="chev-right" size="s" />
          <Link to="/playlists" search={{ folder: folder.id }}>
            {folder.name}
          </Link>
        </DropInto>
      ))}
    </nav>
  );
}

function Nothing({ inFolder }: { inFolder: boolean }) {
  if (inFolder)
    return (
      <EmptyState icon="folder" title={i18n.t("This folder is empty")}>
        {i18n.t("Drag a playlist onto it, or use “Move to” in a playlist's menu.")}
      </EmptyState>
    );
  return (
    <EmptyState icon="list" title={i18n.t("No playlist of your own yet")}>
      {mayWrite() ? i18n.t("Use “Add to playlist” on any track or album, or save the queue as it is.") : i18n.t("Guests keep no playlists. Those that others share appear here.")}
    </EmptyState>
  );
}
