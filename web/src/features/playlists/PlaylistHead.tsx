import { i18n } from "@lingui/core";
import { useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useState, type FormEvent } from "react";
import { addToQueue } from "@/media/play";
import { addToPlaylist } from "@/media/playlists";
import { thePlayer } from "@/player";
import { isPlaying, usePlayer } from "@/player/usePlayer";
import type { PlaylistDetail } from "@/shared/api/types";
import { relativeDay, span, trackCount } from "@/shared/lib/format";
import { Button, IconButton } from "@/shared/ui/Button";
import { Switch } from "@/shared/ui/controls";
import { Dialog } from "@/shared/ui/Dialog";
import { Field } from "@/shared/ui/Field";
import { openMenu, type MenuEntry } from "@/shared/ui/menu";
import { deleteList, exportMenu, sortMenu } from "./bulk";
import { CoverField } from "./CoverField";
import { changePlaylist, dedupe, undo } from "./edits";
import { FileNote } from "./FileNote";
import { mayWrite } from "./register";
import { ShareDialog } from "./ShareDialog";
import { play } from "./playPlaylist";
import { RulesLink, SmartSentence, useSmartMenu } from "./SmartPart";

function EditDialog({ list, onClose }: { list: PlaylistDetail; onClose: () => void }) {
  const client = useQueryClient();
  const [name, setName] = useState(list.name);
  const [comment, setComment] = useState(list.comment ?? "");
  const [shared, setShared] = useState(list.public);
  const [busy, setBusy] = useState(false);
  const [empty, setEmpty] = useState(false);
  const save = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    setEmpty(!name.trim());
    if (!name.trim()) return;
    setBusy(true);
    await changePlaylist(client, list.id, { name: name.trim(), comment: comment.trim(), public: shared });
    onClose();
  };
  return (
    <Dialog open onClose={onClose} title={i18n.t("Edit playlist")}>
      <form onSubmit={(event) => void save(event)} noValidate className="pl-form">
        <CoverField list={list} />
        <Field label={i18n.t("Name")} value={name} maxLength={200} autoComplete="off" error={empty ? i18n.t("Enter a name.") : null} onChange={(event) => setName(event.target.value)} />
        <label className="field">
          <span className="label">{i18n.t("Comment")}</span>
          <textarea className="input pl-comment" rows={4} maxLength={4000} value={comment} onChange={(event) => setComment(event.target.value)} />
        </label>
        <Switch label={i18n.t("Everybody on this server can see it")} note={i18n.t("Only you can change it.")} checked={shared} onChange={setShared} />
        <footer>
          <Button kind="quiet" onClick={onClose}>
            {i18n.t("Cancel")}
          </Button>
          <Button kind="primary" type="submit" busy={busy && i18n.t("Saving")}>
            {i18n.t("Save")}
          </Button>
        </footer>
      </form>
    </Dialog>
  );
}

export function PlaylistHead({ list }: { list: PlaylistDetail }) {
  const client = useQueryClient();
  const navigate = useNavigate();
  const fromHere = usePlayer((state) => state.queue.source?.kind === "playlist" && state.queue.source.id === list.id);
  const playing = usePlayer(isPlaying) && fromHere;
  const [dialog, setDialog] = useState<"edit" | "share" | null>(null);
  const smart = useSmartMenu(list);
  const tracks = list.entries.map((entry) => entry.track);
  const full = tracks.length > 0;
  const close = (): void => setDialog(null);
  const remove = async (): Promise<void> => {
    if (!(await deleteList(client, list))) return;
    await navigate({ to: "/playlists", replace: true });
    client.removeQueries({ queryKey: ["playlist", list.id] });
  };
  const more = (anchor: HTMLElement): void => {
    const entries: MenuEntry[] = [
      { label: i18n.t("Play next"), icon: "next", disabled: !full, run: () => addToQueue(tracks, "next", list.name) },
      { label: i18n.t("Add to queue"), icon: "queue", disabled: !full, run: () => addToQueue(tracks, "last", list.name) },
      { label: i18n.t("Add to playlist"), icon: "plus", disabled: !full, run: () => addToPlaylist({ trackIds: tracks.map((track) => track.id), what: list.name, name: list.name }) },
    ];
    if (smart.length > 0) entries.push("line", ...smart);
    entries.push(exportMenu(list), { label: i18n.t("Crate sheet to print"), icon: "list", disabled: !full, run: () => void navigate({ to: "/sheet/$kind/$id", params: { kind: "playlist", id: list.id } }) });
    if (mayWrite()) entries.push({ label: i18n.t("Share with a link"), icon: "external", run: () => setDialog("share") });
    if (list.mine && !list.smart) {
      entries.push("line");
      if (full) entries.push(sortMenu(client, list), { label: i18n.t("Remove duplicates"), icon: "minus", run: () => void dedupe(client, list) });
      entries.push({ label: i18n.t("Undo the last change"), icon: "undo", keys: "Ctrl Z", run: () => void undo(client, list.id) });
    }
    if (list.mine) {
      entries.push("line", { label: i18n.t("Edit"), icon: "edit", run: () => setDialog("edit") });
      entries.push({ label: i18n.t("Visible to everybody"), icon: "user", checked: list.public, run: () => void changePlaylist(client, list.id, { public: !list.public }) });
      entries.push({ label: i18n.t("Delete"), icon: "trash", danger: true, run: () => void remove() });
    }
    openMenu(anchor, i18n.t("More for {name}", { name: list.name }), entries);
  };
  return (
    <div className="pl-words">
      <p className="t-2 w5 only-d">{list.mine ? (list.public ? i18n.t("Playlist, visible to everybody") : list.smart ? i18n.t("Smart playlist") : i18n.t("Playlist")) : i18n.t("Playlist by {owner}", { owner: list.owner.name })}</p>
      <h1 className={list.name.length > 32 ? "h-40" : "h-56"}>{list.name}</h1>
      {list.comment && <p className="t-2 pl-about">{list.comment}</p>}
      {list.smart && list.mine && <SmartSentence id={list.id} />}
      <p className="t-2 num pl-facts">
        {trackCount(list.track_count)}
        {full && (
          <>
            <span className="dot" />
            {span(list.duration_s)}
          </>
        )}
        <span className="dot" />
        {i18n.t("changed {when}", { when: relativeDay(list.changed_at) })}
      </p>
      <FileNote list={list} />
      <div className="row pl-act">
        <Button kind="primary" size="l" icon={playing ? "pause" : "play"} disabled={!full} onClick={() => (fromHere ? thePlayer().toggle() : play(list, 0))}>
          {playing ? i18n.t("Pause") : i18n.t("Play")}
        </Button>
        <IconButton icon="shuffle" label={i18n.t("Shuffle this playlist")} disabled={!full} onClick={() => play(list, 0, true)} />
        {list.smart && list.mine && <RulesLink id={list.id} />}
        {list.mine && <IconButton icon="edit" label={i18n.t("Edit playlist")} onClick={() => setDialog("edit")} />}
        <IconButton icon="more" label={i18n.t("More for {name}", { name: list.name })} aria-haspopup="menu" onClick={(event) => more(event.currentTarget)} />
      </div>
      {dialog === "edit" && <EditDialog list={list} onClose={close} />}
      {dialog === "share" && <ShareDialog list={list} onClose={close} />}
    </div>
  );
}
