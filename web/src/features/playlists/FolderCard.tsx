import { i18n } from "@lingui/core";
import { useQueryClient } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useState, type DragEvent, type ReactNode } from "react";
import type { Id, PlaylistFolder, PlaylistShelf } from "@/shared/api/types";
import { Icon } from "@/shared/ui/Icon";
import { openMenu, type MenuEntry } from "@/shared/ui/menu";
import { carries, draggedFolder, draggedList, folderKind } from "./drag";
import { countIn, deleteFolder, everyFolder, moveFolder, putLists } from "./folders";
import { mayWrite } from "./register";

/** What is dropped here moves into the folder (null: outside of all). */
export function DropInto({ folder, className, children }: { folder: Id | null; className: string; children: ReactNode }) {
  const client = useQueryClient();
  const [over, setOver] = useState(false);
  const drop = (event: DragEvent): void => {
    event.preventDefault();
    setOver(false);
    const list = draggedList(event);
    const moving = draggedFolder(event);
    if (list) void putLists(client, [list], folder);
    else if (moving && moving !== folder) void moveFolder(client, moving, folder);
  };
  return (
    // The menus of lists and folders do the same without a pointer.
    // eslint-disable-next-line jsx-a11y/no-static-element-interactions
    <span
      className={className}
      data-over={over || undefined}
      onDragOver={(event) => {
        if (!carries(event)) return;
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={drop}
    >
      {children}
    </span>
  );
}

interface FolderProps {
  folder: PlaylistFolder;
  shelf: PlaylistShelf;
  siblings: readonly PlaylistFolder[];
  onRename: (folder: PlaylistFolder) => void;
}

export function FolderCard({ folder, shelf, siblings, onRename }: FolderProps) {
  const client = useQueryClient();
  const count = countIn(shelf, folder.id);
  const at = siblings.indexOf(folder);
  const menu = (anchor: HTMLElement): void => {
    const targets: MenuEntry[] = everyFolder(shelf, folder.id)
      .filter((one) => one.id !== folder.parent_id)
      .map((one) => ({ label: one.name, icon: "folder", run: () => void moveFolder(client, folder.id, one.id) }));
    if (folder.parent_id !== null) targets.unshift({ label: i18n.t("Outside of all folders"), run: () => void moveFolder(client, folder.id, null) });
    const before = siblings[at - 1];
    const after = siblings[at + 2];
    const entries: MenuEntry[] = [{ label: i18n.t("Rename"), icon: "edit", run: () => onRename(folder) }];
    if (targets.length > 0) entries.push({ label: i18n.t("Move to"), icon: "folder", entries: targets });
    entries.push({ label: i18n.t("Earlier"), icon: "chev-left", disabled: !before, run: () => void moveFolder(client, folder.id, folder.parent_id, before?.id ?? null) });
    entries.push({ label: i18n.t("Later"), icon: "chev-right", disabled: at === siblings.length - 1, run: () => void moveFolder(client, folder.id, folder.parent_id, after?.id ?? null) });
    entries.push("line", { label: i18n.t("Delete folder, keep its playlists"), icon: "trash", danger: true, run: () => void deleteFolder(client, folder) });
    openMenu(anchor, i18n.t("More for {name}", { name: folder.name }), entries);
  };
  return (
    <DropInto folder={folder.id} className="pls-folder">
      <Link to="/playlists" search={{ folder: folder.id }} className="pls-folder-link" draggable={mayWrite() || undefined} onDragStart={(event) => event.dataTransfer.setData(folderKind, folder.id)}>
        <Icon name="folder" />
        <span className="cut">
          <b className="cut">{folder.name}</b>
          <small className="num">{i18n.t("{count, plural, =0 {Empty} one {# playlist} other {# playlists}}", { count })}</small>
        </span>
      </Link>
      {mayWrite() && (
        <button type="button" className="icon-btn" data-size="s" aria-haspopup="menu" aria-label={i18n.t("More for {name}", { name: folder.name })} onClick={(event) => menu(event.currentTarget)}>
          <Icon name="more" />
        </button>
      )}
    </DropInto>
  );
}
