import { i18n } from "@lingui/core";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useRouter } from "@tanstack/react-router";
import { useRef, useState, type FormEvent, type KeyboardEvent } from "react";
import { Mosaic } from "@/media/Mosaic";
import { usePlaylistRequest, type PlaylistRequest } from "@/media/playlists";
import { Problem } from "@/shared/api/problem";
import type { PlaylistItem } from "@/shared/api/types";
import { trackCount } from "@/shared/lib/format";
import { Button } from "@/shared/ui/Button";
import { Dialog } from "@/shared/ui/Dialog";
import { Field } from "@/shared/ui/Field";
import { Icon } from "@/shared/ui/Icon";
import { ErrorState, SkeletonRows } from "@/shared/ui/states";
import { toast } from "@/shared/ui/toast";
import { appendTracks, createPlaylist, playlistsQuery } from "./api";
import { alreadyIn } from "./bulk";
import "./picker.css";

const close = (): void => usePlaylistRequest.setState({ open: null });

export default function Picker({ request }: { request: PlaylistRequest }) {
  return request.fresh ? <NewOne request={request} /> : <Choose request={request} />;
}

interface Doubt {
  list: PlaylistItem;
  already: readonly string[];
}

/** Sends once, says where it went, or what is wrong. */
function useSend(request: PlaylistRequest) {
  const client = useQueryClient();
  const router = useRouter();
  const [busy, setBusy] = useState<string | null>(null);
  const [fault, setFault] = useState<string | null>(null);
  const [doubt, setDoubt] = useState<Doubt | null>(null);
  const open = (list: PlaylistItem): void => void router.navigate({ to: "/playlists/$playlistId", params: { playlistId: list.id } });
  const run = async (key: string, work: () => Promise<PlaylistItem>, done: (list: PlaylistItem) => void): Promise<void> => {
    if (busy) return;
    setBusy(key);
    setFault(null);
    try {
      const list = await work();
      close();
      done(list);
    } catch (error) {
      setFault(error instanceof Problem ? error.message : String(error));
      setBusy(null);
    }
  };
  const told = (list: PlaylistItem): void => toast({ text: i18n.t("Added to {name}", { name: list.name }), action: { label: i18n.t("Open"), run: () => open(list) } });
  const put = (list: PlaylistItem, ids: readonly string[]) => run(list.id, () => appendTracks(client, list.id, ids), told);
  return {
    busy,
    fault,
    doubt,
    forget: () => setDoubt(null),
    put,
    /** Asks first where some of the tracks stand in it already. */
    add: async (list: PlaylistItem): Promise<void> => {
      if (busy) return;
      const there = list.track_count > 0 ? await alreadyIn(list.id, request.trackIds).catch(() => []) : [];
      if (there.length > 0) setDoubt({ list, already: there });
      else await put(list, request.trackIds);
    },
    create: (name: string) => run("new", () => createPlaylist(client, { name, track_ids: request.trackIds }), request.fresh && request.trackIds.length === 0 ? open : told),
  };
}

function NewOne({ request }: { request: PlaylistRequest }) {
  const [name, setName] = useState(request.name ?? "");
  const [empty, setEmpty] = useState(false);
  const { busy, fault, create } = useSend(request);
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    setEmpty(!name.trim());
    if (name.trim()) void create(name.trim());
  };
  const full = request.trackIds.length > 0;
  return (
    <Dialog open onClose={close} title={full ? i18n.t("Save as playlist") : i18n.t("New playlist")} about={full ? trackCount(request.trackIds.length) : i18n.t("Add tracks to it from any menu.")}>
      <form onSubmit={submit} noValidate className="pick-form">
        <Field label={i18n.t("Name")} value={name} maxLength={200} autoComplete="off" error={fault ?? (empty ? i18n.t("Enter a name.") : null)} onChange={(event) => setName(event.target.value)} />
        <footer>
          <Button kind="quiet" onClick={close}>
            {i18n.t("Cancel")}
          </Button>
          <Button kind="primary" type="submit" busy={busy !== null && i18n.t("Saving")}>
            {full ? i18n.t("Save") : i18n.t("Create")}
          </Button>
        </footer>
      </form>
    </Dialog>
  );
}

function Choose({ request }: { request: PlaylistRequest }) {
  const { data, error, isPending, refetch } = useQuery(playlistsQuery());
  const [text, setText] = useState("");
  const { busy, fault, doubt, forget, put, add, create } = useSend(request);
  const list = useRef<HTMLUListElement>(null);
  const word = text.trim().toLocaleLowerCase();
  const mine = (data ?? []).filter((one) => one.mine && !one.smart && one.name.toLocaleLowerCase().includes(word)).sort((a, b) => b.changed_at.localeCompare(a.changed_at));
  const isNew = word !== "" && !mine.some((one) => one.name.toLocaleLowerCase() === word);
  const [first] = mine;

  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
    const rows = [...(list.current?.querySelectorAll<HTMLElement>("button") ?? [])];
    const at = rows.indexOf(document.activeElement as HTMLElement);
    event.preventDefault();
    rows[Math.min(Math.max(at + (event.key === "ArrowDown" ? 1 : -1), 0), rows.length - 1)]?.focus();
  };
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (isNew && mine.length !== 1) void create(text.trim());
    else if (first && word) void add(first);
  };
  if (doubt) {
    const rest = request.trackIds.filter((id) => !doubt.already.includes(id));
    const count = doubt.already.length;
    return (
      <Dialog
        open
        onClose={close}
        title={i18n.t("Already in {name}", { name: doubt.list.name })}
        about={
          rest.length === 0
            ? i18n.t("{count, plural, one {This track stands} other {All # tracks stand}} in the playlist already.", { count })
            : i18n.t("{count, plural, one {# of the tracks stands} other {# of the tracks stand}} in the playlist already.", { count })
        }
      >
        {fault && (
          <p className="field-note" data-kind="danger" role="alert">
            {fault}
          </p>
        )}
        <footer>
          <Button kind="quiet" onClick={forget}>
            {i18n.t("Back")}
          </Button>
          <Button kind={rest.length === 0 ? "primary" : "plain"} busy={busy !== null && i18n.t("Adding")} onClick={() => void put(doubt.list, request.trackIds)}>
            {i18n.t("Add anyway")}
          </Button>
          {rest.length > 0 && (
            <Button kind="primary" busy={busy !== null && i18n.t("Adding")} onClick={() => void put(doubt.list, rest)}>
              {i18n.t("{count, plural, one {Add the other one} other {Add the other #}}", { count: rest.length })}
            </Button>
          )}
        </footer>
      </Dialog>
    );
  }
  return (
    <Dialog open onClose={close} title={i18n.t("Add to playlist")} about={request.what}>
      {/* Arrows only move between the field and the buttons below it. */}
      {/* eslint-disable-next-line jsx-a11y/no-noninteractive-element-interactions */}
      <form onSubmit={submit} noValidate className="pick-form" onKeyDown={onKeyDown}>
        <Field label={i18n.t("Find a playlist, or name a new one")} value={text} maxLength={200} autoComplete="off" error={fault} onChange={(event) => setText(event.target.value)} />
        <div className="pick-list">
          {isPending && <SkeletonRows count={3} />}
          {error && <ErrorState what={i18n.t("The playlists could not be loaded")} error={error} onRetry={() => void refetch()} />}
          {data && mine.length === 0 && !isNew && <p className="t-3">{i18n.t("No playlist of your own yet. Type a name to make the first.")}</p>}
          <ul ref={list}>
            {isNew && (
              <li>
                <button type="button" className="pick-row" onClick={() => void create(text.trim())} aria-disabled={busy !== null}>
                  <span className="pick-plus">
                    <Icon name="plus" />
                  </span>
                  <b className="cut">{busy === "new" ? i18n.t("Saving") : i18n.t("New playlist “{name}”", { name: text.trim() })}</b>
                </button>
              </li>
            )}
            {mine.map((one) => (
              <li key={one.id}>
                <button type="button" className="pick-row" onClick={() => void add(one)} aria-disabled={busy !== null}>
                  <Mosaic coverIds={one.cover_ids} seed={one.id} own={one.cover} size={96} />
                  <span className="cut">
                    <b className="cut">{one.name}</b>
                    <small className="num">{busy === one.id ? i18n.t("Adding") : trackCount(one.track_count)}</small>
                  </span>
                </button>
              </li>
            ))}
          </ul>
        </div>
        <footer>
          <Button kind="quiet" onClick={close}>
            {i18n.t("Cancel")}
          </Button>
        </footer>
      </form>
    </Dialog>
  );
}
