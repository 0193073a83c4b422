import { i18n } from "@lingui/core";
import { useMutation } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useState, type FormEvent } from "react";
import { Problem } from "@/shared/api/problem";
import { Button } from "@/shared/ui/Button";
import { Segmented } from "@/shared/ui/controls";
import { Dialog } from "@/shared/ui/Dialog";
import { Field } from "@/shared/ui/Field";
import { toast } from "@/shared/ui/toast";
import { save, type Plan } from "./api";

const courses = ["start", "end", "curve", "per_artist", "apart"];

/** Kept as it is now, or as a rule that goes on finding tracks. */
export default function SaveDialog({ plan, seed, suggestion, onClose }: { plan: Plan; seed: number; suggestion: string; onClose: () => void }) {
  const [name, setName] = useState(suggestion);
  const [live, setLive] = useState(false);
  const navigate = useNavigate();
  const saving = useMutation({
    mutationFn: () => save(plan, seed, name, live),
    onSuccess: ({ playlist }) => {
      onClose();
      toast({ text: i18n.t("{name} is kept", { name: playlist.name }), action: { label: i18n.t("Open"), run: () => void navigate({ to: "/playlists/$playlistId", params: { playlistId: playlist.id } }) } });
    },
  });
  const loses = plan.pieces.some((piece) => courses.includes(piece.kind)) || Object.keys(plan.pins).length > 0 || plan.without.length > 0;
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    saving.mutate();
  };
  const problem = saving.error instanceof Problem ? saving.error.message : saving.error ? String(saving.error) : null;
  return (
    <Dialog open onClose={onClose} title={i18n.t("Save as a playlist")}>
      <form className="prompt-form" onSubmit={submit}>
        {/* The dialog opens for this field. */}
        {/* eslint-disable-next-line jsx-a11y/no-autofocus */}
        <Field label={i18n.t("Name")} value={name} required maxLength={200} autoFocus error={problem} onChange={(event) => setName(event.target.value)} />
        <Segmented
          label={i18n.t("Kept")}
          value={live ? "live" : "fixed"}
          options={[
            { value: "fixed", label: i18n.t("As it is") },
            { value: "live", label: i18n.t("Live") },
          ]}
          onChange={(to) => setLive(to === "live")}
        />
        <p className="t-12 t-2">
          {live ? i18n.t("The playlist follows the rules: new tracks that fit come in by themselves.") : i18n.t("These tracks in this order, whatever is added later.")}
          {live && loses && ` ${i18n.t("A rule knows no order: the curve, what is locked or left out, and the most per artist are not kept.")}`}
        </p>
        <footer>
          <Button onClick={onClose}>{i18n.t("Cancel")}</Button>
          <Button kind="primary" type="submit" disabled={name.trim() === ""} busy={saving.isPending && i18n.t("Saving")}>
            {i18n.t("Save")}
          </Button>
        </footer>
      </form>
    </Dialog>
  );
}
