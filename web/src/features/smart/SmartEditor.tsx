import { i18n } from "@lingui/core";
import { useCallback, useEffect, useMemo, useRef, useState, type KeyboardEvent, type ReactNode } from "react";
import { changed, conditionsOf, groupHolding, newId, ruleOf, stepped, draftOf, type Draft, type EditPart, type Rule } from "@/media/rules/rule";
import { sentence } from "@/media/rules/sentence";
import type { RuleField } from "@/media/rules/words";
import { Button, IconButton } from "@/shared/ui/Button";
import { begun } from "./choices";
import { EditingContext, faultNote, type Editing, type Fault } from "./context";
import { Group } from "./Lines";
import { OrderBar } from "./OrderBar";
import { PreviewPane } from "./PreviewPane";
import { TextForm } from "./TextForm";
import { droppedAt, useDragPart } from "./useDragPart";
import type { DraftEdit } from "./useDraft";
import { usePreview } from "./usePreview";

interface EditorProps {
  fields: ReadonlyMap<string, RuleField>;
  names: Readonly<Record<string, string>>;
  onName: (id: string, text: string) => void;
  playlistId: string | null;
  edit: DraftEdit;
  /** What a save was refused for. */
  refused: Fault | null;
  /** Name, save and the like stand above the sentence. */
  head: ReactNode;
}

/** Puts the focus where the eye is after a line came, went or moved, or was found wrong. */
function useFocusAfter() {
  const root = useRef<HTMLDivElement>(null);
  const [wish, setWish] = useState<{ selector: string } | null>(null);
  useEffect(() => {
    if (wish) root.current?.querySelector<HTMLElement>(wish.selector)?.focus();
  }, [wish]);
  const focus = useCallback((selector: string) => setWish({ selector }), []);
  return { root, focus };
}

export function SmartEditor({ fields, names, onName, playlistId, edit: { draft, edit, undo, redo, canUndo, canRedo }, refused, head }: EditorProps) {
  const [asText, setAsText] = useState(false);
  const [told, setTold] = useState("");
  const { root, focus } = useFocusAfter();
  const rule = useMemo(() => ruleOf(draft), [draft]);
  const preview = usePreview(draft);
  const fault = refused ?? preview.fault;
  const allNames = useMemo(() => ({ ...preview.data?.names, ...names }), [preview.data?.names, names]);
  const numbers = useMemo(() => new Map(conditionsOf(draft.match).map((one, at) => [one.id, at + 1])), [draft.match]);
  const drag = useDragPart(draft.match, (id, drop) => edit((old) => ({ ...old, match: droppedAt(old.match, id, drop) })));
  const { grip, dragged, drop } = drag;

  const toFault = useCallback(() => {
    setAsText(false);
    focus(`[aria-describedby~="${faultNote}"]`);
  }, [focus]);
  const [seen, setSeen] = useState<Fault | null>(null);
  if (refused !== seen) {
    setSeen(refused);
    if (refused) toFault();
  }

  const change = useCallback((id: string, how: (part: EditPart) => EditPart | null, what?: string) => edit((old) => ({ ...old, match: changed(old.match, id, how) }), what), [edit]);
  const editing: Editing = {
    fields,
    names: allNames,
    name: onName,
    numbers,
    playlistId,
    fault,
    change,
    grip,
    dragged,
    drop,
    add: (groupId, kind) => {
      const first = fields.get("genre") ?? [...fields.values()][0];
      if (!first) return;
      const line = { ...begun(first), id: newId() };
      const part: EditPart = kind === "rule" ? line : { id: newId(), joint: draft.match.joint === "any" ? "all" : "any", parts: [line] };
      change(groupId, (group) => ("parts" in group ? { ...group, parts: [...group.parts, part] } : group));
      focus(`[data-part="${line.id}"] select`);
    },
    remove: (id) => {
      const holder = groupHolding(draft.match, id);
      const at = holder?.parts.findIndex((part) => part.id === id) ?? -1;
      const next = holder?.parts[at + 1] ?? holder?.parts[at - 1];
      change(id, () => null);
      focus(next ? `[data-part="${next.id}"] select` : `[data-part="${holder?.id ?? ""}"] > .sp-add > button`);
    },
    joint: (group, joint) => change(group.id, (part) => ({ ...part, joint }) as EditPart),
    step: (id, by) => {
      const match = stepped(draft.match, id, by);
      if (match === draft.match) return;
      edit((old) => ({ ...old, match }));
      const number = conditionsOf(match).findIndex((one) => one.id === id) + 1;
      setTold(number > 0 ? i18n.t("Now rule {number}", { number }) : i18n.t("The group has moved"));
      focus(`[data-part="${id}"] select`);
    },
  };

  const onKeyDown = (event: KeyboardEvent): void => {
    if (!(event.ctrlKey || event.metaKey) || event.altKey) return;
    const key = event.key.toLowerCase();
    if (key !== "z" && key !== "y") return;
    event.preventDefault();
    if (key === "y" || event.shiftKey) redo();
    else undo();
  };
  const onRead = useCallback(
    (read: Rule, known: Record<string, string>) => {
      for (const [id, name] of Object.entries(known)) onName(id, name);
      edit((old): Draft => (JSON.stringify(ruleOf(old)) === JSON.stringify(read) ? old : draftOf(read)), "text");
    },
    [edit, onName],
  );

  const tools = (
    <span className="sp-tools">
      <Button kind="quiet" size="s" onClick={() => setAsText(!asText)}>
        {asText ? i18n.t("Edit as list") : i18n.t("Edit as text")}
      </Button>
      <IconButton icon="undo" size="s" label={i18n.t("Undo")} keys="Ctrl Z" disabled={!canUndo} onClick={undo} />
      <IconButton icon="undo" size="s" className="sp-redo" label={i18n.t("Redo")} keys="Ctrl Y" disabled={!canRedo} onClick={redo} />
    </span>
  );
  return (
    <EditingContext value={editing}>
      {/* Undo works wherever the focus is in here. */}
      {/* eslint-disable-next-line jsx-a11y/no-static-element-interactions */}
      <div ref={root} onKeyDown={onKeyDown}>
        {head}
        <p className="sp-sentence" data-testid="sentence">
          {sentence(rule, { fields, ids: allNames }).map((piece, at) => (piece.strong ? <b key={at}>{piece.text}</b> : piece.text))}
        </p>
        <div className="sp-split">
          <section aria-label={i18n.t("Rule editor")}>
            {asText ? (
              <>
                <div className="sp-joint">
                  <span className="grow" />
                  {tools}
                </div>
                <TextForm text={preview.data?.text ?? ""} onRead={onRead} />
              </>
            ) : (
              <Group group={draft.match} tools={tools} />
            )}
            <OrderBar draft={draft} fields={fields} edit={edit} />
          </section>
          <PreviewPane preview={preview.data} error={preview.error} dim={preview.dim} rule={rule} fault={preview.fault} onFault={toFault} onRetry={() => void preview.refetch()} />
        </div>
        <p className="sr" role="status">
          {told}
        </p>
      </div>
    </EditingContext>
  );
}
