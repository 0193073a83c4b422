import { i18n } from "@lingui/core";
import { useQueryClient } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useState, type DragEvent, type KeyboardEvent } from "react";
import { Mosaic } from "@/media/Mosaic";
import type { Id, PlaylistItem, PlaylistShelf } from "@/shared/api/types";
import { span, trackCount } from "@/shared/lib/format";
import { announce } from "@/shared/ui/a11y";
import { Icon } from "@/shared/ui/Icon";
import { openMenu, type MenuEntry } from "@/shared/ui/menu";
import { deleteList, exportMenu } from "./bulk";
import { draggedList, listKind } from "./drag";
import { everyFolder, orderLists, putLists } from "./folders";
import { playPlaylist } from "./playPlaylist";
import { mayWrite } from "./register";

interface CardProps {
  list: PlaylistItem;
  /** The lists of this level in their order, and where they lie; absent where nothing can be ordered. */
  among?: { lists: readonly PlaylistItem[]; shelf: PlaylistShelf; folder: Id | null };
}

/** A playlist on the page. Dragged onto a folder it moves there, onto another list it goes before it; Alt+arrows and the menu do the same. */
export function PlaylistCard({ list, among }: CardProps) {
  const client = useQueryClient();
  const [over, setOver] = useState(false);
  const facts = [trackCount(list.track_count), list.track_count > 0 && span(list.duration_s)].filter(Boolean).join(", ");
  const orders = among !== undefined && mayWrite();
  const at = among?.lists.findIndex((one) => one.id === list.id) ?? 0;
  const step = (by: number): void => {
    if (!among) return;
    const to = at + by;
    if (to < 0 || to >= among.lists.length) return;
    const rest = among.lists.filter((one) => one.id !== list.id);
    void orderLists(client, among.lists, among.folder, list.id, rest[to]?.id ?? null);
    announce(i18n.t("Moved to place {place}", { place: to + 1 }));
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (!orders || !event.altKey) return;
    const by = event.key === "ArrowLeft" || event.key === "ArrowUp" ? -1 : event.key === "ArrowRight" || event.key === "ArrowDown" ? 1 : 0;
    if (by === 0) return;
    event.preventDefault();
    step(by);
  };
  const onDrop = (event: DragEvent): void => {
    setOver(false);
    const moving = draggedList(event);
    if (!among || !moving || moving === list.id) return;
    event.preventDefault();
    void orderLists(client, among.lists, among.folder, moving, list.id);
  };
  const menu = (anchor: HTMLElement): void => {
    const entries: MenuEntry[] = [{ label: i18n.t("Play"), icon: "play", disabled: list.track_count === 0, run: () => void playPlaylist(list.id) }];
    if (among && orders) {
      const folders = everyFolder(among.shelf).filter((one) => one.id !== among.folder);
      const targets: MenuEntry[] = folders.map((one) => ({ label: one.name, icon: "folder", run: () => void putLists(client, [list.id], one.id) }));
      if (among.folder !== null) targets.unshift({ label: i18n.t("Outside of all folders"), run: () => void putLists(client, [list.id], null) });
      if (targets.length > 0) entries.push({ label: i18n.t("Move to"), icon: "folder", entries: targets });
      entries.push({ label: i18n.t("Earlier"), icon: "chev-left", keys: "Alt+←", disabled: at === 0, run: () => step(-1) });
      entries.push({ label: i18n.t("Later"), icon: "chev-right", keys: "Alt+→", disabled: at === among.lists.length - 1, run: () => step(1) });
    }
    entries.push("line", exportMenu(list));
    if (list.mine && mayWrite()) entries.push({ label: i18n.t("Delete"), icon: "trash", danger: true, run: () => void deleteList(client, list) });
    openMenu(anchor, i18n.t("More for {name}", { name: list.name }), entries);
  };
  return (
    // What dragging does, the menu and Alt+arrows do as well.
    // eslint-disable-next-line jsx-a11y/no-static-element-interactions
    <div
      className="cover pls-card"
      data-over={over || undefined}
      draggable={orders || undefined}
      onDragStart={(event) => event.dataTransfer.setData(listKind, list.id)}
      onDragOver={(event) => {
        if (!orders || !event.dataTransfer.types.includes(listKind)) return;
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={onDrop}
    >
      <Link to="/playlists/$playlistId" params={{ playlistId: list.id }} className="cover-link" draggable={false} onKeyDown={onKeyDown}>
        <span className="on">
          <Mosaic coverIds={list.cover_ids} seed={list.id} own={list.cover} size={320} />
        </span>
        <b className="cut" data-tip={list.name} data-tip-cut>
          {list.name}
        </b>
        <small className="cut num">{list.mine ? facts : i18n.t("{facts}, by {owner}", { facts: trackCount(list.track_count), owner: list.owner.name })}</small>
      </Link>
      {list.track_count > 0 && (
        <button type="button" className="icon-btn cover-play" data-kind="accent" aria-label={i18n.t("Play {name}", { name: list.name })} onClick={() => void playPlaylist(list.id)}>
          <Icon name="play" />
        </button>
      )}
      <button type="button" className="icon-btn pls-more" data-size="s" aria-haspopup="menu" aria-label={i18n.t("More for {name}", { name: list.name })} onClick={(event) => menu(event.currentTarget)}>
        <Icon name="more" />
      </button>
    </div>
  );
}
