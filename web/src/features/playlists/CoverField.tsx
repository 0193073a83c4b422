import { i18n } from "@lingui/core";
import { useQueryClient } from "@tanstack/react-query";
import { useState, type ChangeEvent } from "react";
import { Mosaic } from "@/media/Mosaic";
import { api } from "@/shared/api/client";
import { Problem } from "@/shared/api/problem";
import type { PlaylistItem } from "@/shared/api/types";
import { Button } from "@/shared/ui/Button";

const mostBytes = 8 * 2 ** 20;

/** The picture of a playlist: one's own, else the mosaic. Changes at once. */
export function CoverField({ list }: { list: PlaylistItem }) {
  const client = useQueryClient();
  const [shown, setShown] = useState(list);
  const [busy, setBusy] = useState(false);
  const [fault, setFault] = useState<string | null>(null);
  const run = async (work: () => Promise<PlaylistItem>): Promise<void> => {
    setBusy(true);
    setFault(null);
    try {
      setShown(await work());
      void client.invalidateQueries({ queryKey: ["playlists"] });
      void client.invalidateQueries({ queryKey: ["playlist", list.id] });
    } catch (error) {
      setFault(error instanceof Problem ? error.message : String(error));
    }
    setBusy(false);
  };
  const choose = (event: ChangeEvent<HTMLInputElement>): void => {
    const [file] = event.target.files ?? [];
    if (!file) return;
    if (file.size > mostBytes) setFault(i18n.t("A picture has up to 8 MB."));
    else void run(() => api.put<PlaylistItem>(`playlists/${list.id}/cover`, file));
  };
  return (
    <div className="pl-cover">
      <Mosaic coverIds={shown.cover_ids} seed={shown.id} own={shown.cover} size={320} />
      <div className="pl-cover-do">
        <label className="pls-file">
          <span className="btn" data-size="s" aria-busy={busy || undefined}>
            {busy ? i18n.t("Saving") : i18n.t("Choose a picture")}
          </span>
          <input type="file" className="sr" accept="image/jpeg,image/png,image/webp,image/gif" onChange={choose} />
        </label>
        {shown.cover && (
          <Button size="s" kind="quiet" onClick={() => void run(() => api.delete<PlaylistItem>(`playlists/${list.id}/cover`))}>
            {i18n.t("Use the mosaic")}
          </Button>
        )}
        {fault && (
          <p className="field-note" data-kind="danger" role="alert">
            {fault}
          </p>
        )}
      </div>
    </div>
  );
}
