import { i18n } from "@lingui/core";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { getRouteApi, Link, useBlocker, useNavigate } from "@tanstack/react-router";
import { useCallback, useRef, useState } from "react";
import { draftOf, emptyRule, newId, ruleOf, type Draft, type Rule } from "@/media/rules/rule";
import type { RuleField } from "@/media/rules/words";
import { api, apiUrl } from "@/shared/api/client";
import { Problem } from "@/shared/api/problem";
import type { Id, PlaylistDetail } from "@/shared/api/types";
import { usePageLook } from "@/shared/hooks/scope";
import { useTitle } from "@/shared/hooks/useTitle";
import { Button, IconButton } from "@/shared/ui/Button";
import { Dialog } from "@/shared/ui/Dialog";
import { openMenu, type MenuEntry } from "@/shared/ui/menu";
import { EmptyState, ErrorState, Loading, Skeleton, SkeletonRows } from "@/shared/ui/states";
import { toast } from "@/shared/ui/toast";
import { fieldsQuery, putRule, ruleQuery } from "@/media/rules/queries";
import { createSmart, previewOf } from "./api";
import { begun } from "./choices";
import type { Fault } from "./context";
import { SmartEditor } from "./SmartEditor";
import { useDraft } from "./useDraft";
import { faultIn } from "./usePreview";
import "./smart.css";

const route = getRouteApi("/inside/app/playlists/$playlistId/rules");

/** A new list begins with one line to fill in. */
function firstDraft(fields: ReadonlyMap<string, RuleField>): Draft {
  const field = fields.get("genre");
  const draft = draftOf(emptyRule());
  return field ? { ...draft, match: { ...draft.match, parts: [{ ...begun(field), id: newId() }] } } : draft;
}

export function NewSmartPage() {
  useTitle(i18n.t("New smart playlist"));
  usePageLook({});
  const fields = useQuery(fieldsQuery());
  if (fields.error) return <ErrorState what={i18n.t("The fields of rules could not be loaded")} error={fields.error} onRetry={() => void fields.refetch()} />;
  if (!fields.data) return <Waiting />;
  return <Page id={null} name="" start={null} fields={fields.data} names={{}} />;
}

export function RulesPage() {
  const { playlistId } = route.useParams();
  const fields = useQuery(fieldsQuery());
  const list = useQuery({ queryKey: ["playlist", playlistId], queryFn: ({ signal }) => api.get<PlaylistDetail>(`playlists/${playlistId}`, undefined, signal) });
  const mine = list.data?.mine === true;
  const rule = useQuery({ ...ruleQuery(playlistId), enabled: mine && list.data?.smart === true });
  useTitle(list.data ? i18n.t("Rules of {name}", { name: list.data.name }) : i18n.t("Rules"));
  usePageLook({});
  const error = fields.error ?? list.error ?? rule.error;
  if (error instanceof Problem && error.status === 404) return <NotHere title={i18n.t("This playlist is not here")}>{i18n.t("It may have been deleted, or its owner keeps it private.")}</NotHere>;
  if (error) return <ErrorState what={i18n.t("The rules could not be loaded")} error={error} onRetry={() => void Promise.all([fields.refetch(), list.refetch(), mine && rule.refetch()])} />;
  if (!fields.data || !list.data || (list.data.smart && mine && !rule.data)) return <Waiting />;
  if (!mine) return <NotHere title={i18n.t("Somebody else's playlist")}>{i18n.t("Only its owner sees and changes its rules.")}</NotHere>;
  return <Page key={playlistId} id={playlistId} name={list.data.name} start={rule.data?.rule ?? null} fields={fields.data} names={rule.data?.names ?? {}} />;
}

function NotHere({ title, children }: { title: string; children: string }) {
  return (
    <>
      <h1 className="sr">{i18n.t("Rules")}</h1>
      <EmptyState
        icon="list"
        title={title}
        action={
          <Link className="btn" to="/playlists">
            {i18n.t("All playlists")}
          </Link>
        }
      >
        {children}
      </EmptyState>
    </>
  );
}

const Waiting = () => (
  <Loading>
    <Skeleton className="sk-title" />
    <SkeletonRows count={6} />
  </Loading>
);

interface PageProps {
  /** null: a list that is yet to be made. */
  id: Id | null;
  name: string;
  /** null: it follows no rule yet. */
  start: Rule | null;
  fields: ReadonlyMap<string, RuleField>;
  names: Readonly<Record<Id, string>>;
}

function Page({ id, name: before, start, fields, names: known }: PageProps) {
  const client = useQueryClient();
  const navigate = useNavigate();
  const edit = useDraft(() => (start ? draftOf(start) : firstDraft(fields)));
  const [first] = useState(edit.draft);
  const [name, setName] = useState(before);
  const [names, setNames] = useState(known);
  const [busy, setBusy] = useState(false);
  const [fault, setFault] = useState<string | null>(null);
  const [refused, setRefused] = useState<{ draft: Draft; fault: Fault | null } | null>(null);
  const leaving = useRef(false);
  const dirty = edit.draft !== first || name !== before;
  const blocker = useBlocker({ shouldBlockFn: () => dirty && !leaving.current, enableBeforeUnload: () => dirty && !leaving.current, withResolver: true });
  const onName = useCallback((of: Id, text: string) => setNames((old) => (old[of] === text ? old : { ...old, [of]: text })), []);

  const save = async (): Promise<void> => {
    const title = name.trim();
    if (!title) {
      setFault(i18n.t("Enter a name."));
      document.getElementById("smart-name")?.focus();
      return;
    }
    setBusy(true);
    setFault(null);
    try {
      const rule = ruleOf(edit.draft);
      const saved = id ? await putRule(id, rule) : await createSmart(title, rule);
      if (id && title !== before) await api.patch(`playlists/${id}`, { name: title });
      leaving.current = true;
      void client.invalidateQueries({ queryKey: ["playlists"] });
      void client.invalidateQueries({ queryKey: ["playlist", saved.id] });
      await navigate({ to: "/playlists/$playlistId", params: { playlistId: saved.id }, replace: id === null });
    } catch (error) {
      setFault(error instanceof Problem ? error.message : String(error));
      setRefused({ draft: edit.draft, fault: faultIn(edit.draft, error) });
      setBusy(false);
    }
  };
  const discard = (): void => {
    leaving.current = true;
    void (id ? navigate({ to: "/playlists/$playlistId", params: { playlistId: id } }) : navigate({ to: "/playlists" }));
  };
  const load = async (file: File): Promise<void> => {
    try {
      const { rule, unknown, names: found } = await previewOf({ nsp: await file.text() });
      for (const [of, text] of Object.entries(found)) onName(of, text);
      edit.edit(() => draftOf(rule));
      if (!name.trim()) setName(file.name.replace(/\.nsp$/i, ""));
      toast({ text: unknown.length === 0 ? i18n.t("The rule is loaded") : i18n.t("Loaded. Not known here, but kept: {what}", { what: unknown.join(", ") }) });
    } catch (error) {
      toast({ text: error instanceof Problem ? error.message : i18n.t("The file could not be read.") });
    }
  };
  const picker = useRef<HTMLInputElement>(null);
  const more = (anchor: HTMLElement): void => {
    const entries: MenuEntry[] = [{ label: i18n.t("Load a .nsp file"), icon: "folder", run: () => picker.current?.click() }];
    if (id && start) entries.push({ label: i18n.t("Save as .nsp file"), icon: "download", run: () => window.location.assign(apiUrl(`playlists/${id}/rule.nsp`)) });
    openMenu(anchor, i18n.t("More for this rule"), entries);
  };
  const head = (
    <>
      <header className="sp-head">
        <div>
          <label className="label" htmlFor="smart-name">
            {i18n.t("Smart playlist")}
          </label>
          <h1 className="sr">{name.trim() || i18n.t("New smart playlist")}</h1>
          <input
            id="smart-name"
            className="sp-name"
            aria-label={i18n.t("Name of the smart playlist")}
            placeholder={i18n.t("Name it")}
            maxLength={200}
            autoComplete="off"
            value={name}
            aria-invalid={(fault !== null && !name.trim()) || undefined}
            onChange={(event) => setName(event.target.value)}
          />
        </div>
        <div className="row">
          <IconButton icon="more" label={i18n.t("More for this rule")} aria-haspopup="menu" onClick={(event) => more(event.currentTarget)} />
          <Button kind="quiet" className="only-d" onClick={discard}>
            {i18n.t("Discard")}
          </Button>
          <Button kind="primary" busy={busy && i18n.t("Saving")} onClick={() => void save()}>
            {i18n.t("Save")}
          </Button>
        </div>
      </header>
      {fault && (
        <p className="field-note" data-kind="danger" role="alert">
          {fault}
        </p>
      )}
      {id && !start && <p className="t-2 sp-note">{i18n.t("This is a normal playlist. When you save, what the rules find takes the place of what is in it.")}</p>}
      <input
        ref={picker}
        type="file"
        accept=".nsp,application/json"
        className="sr"
        tabIndex={-1}
        aria-label={i18n.t("Load a .nsp file")}
        onChange={(event) => {
          const [file] = event.target.files ?? [];
          event.target.value = "";
          if (file) void load(file);
        }}
      />
    </>
  );
  return (
    <article>
      <SmartEditor fields={fields} names={names} onName={onName} playlistId={id} edit={edit} refused={refused?.draft === edit.draft ? refused.fault : null} head={head} />
      {blocker.status === "blocked" && (
        <Dialog open onClose={blocker.reset} title={i18n.t("Leave without saving?")} about={i18n.t("What you changed of the rules is lost.")}>
          <footer>
            <Button kind="quiet" onClick={blocker.reset}>
              {i18n.t("Stay")}
            </Button>
            <Button kind="danger" onClick={blocker.proceed}>
              {i18n.t("Leave")}
            </Button>
          </footer>
        </Dialog>
      )}
    </article>
  );
}
