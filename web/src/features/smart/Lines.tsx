import { i18n } from "@lingui/core";
import { useMemo, type KeyboardEvent } from "react";
import { isGroup, type EditCondition, type EditGroup, type EditPart, type Joint } from "@/media/rules/rule";
import { fieldName, groupName, type FieldGroup, type RuleField } from "@/media/rules/words";
import { IconButton } from "@/shared/ui/Button";
import { Icon } from "@/shared/ui/Icon";
import { choices, chosen, refielded, valueFor } from "./choices";
import { faultNote, marksOf, useEditing, ValueMarks } from "./context";
import { Value } from "./Values";

const order: readonly FieldGroup[] = ["music", "measured", "own", "other", "album", "people", "file"];

/** All fields by their groups, in the reader's alphabet where a group is long. */
export function FieldOptions({ fields, only }: { fields: Iterable<RuleField>; only?: (field: RuleField) => boolean }) {
  const groups = useMemo(() => {
    const by = new Map<FieldGroup, RuleField[]>();
    for (const field of fields) if (!only || only(field)) by.set(field.group, [...(by.get(field.group) ?? []), field]);
    return by;
  }, [fields, only]);
  return order.map((group) => {
    const list = groups.get(group);
    return (
      list && (
        <optgroup key={group} label={groupName(group)}>
          {list.map((field) => (
            <option key={field.name} value={field.name}>
              {fieldName(field.name, field.label)}
            </option>
          ))}
        </optgroup>
      )
    );
  });
}

function Grip({ id, label }: { id: string; label: string }) {
  const { grip } = useEditing();
  return (
    <span className="sp-grip" title={label} onPointerDown={(event) => grip(event, id)}>
      <Icon name="grip" size="s" />
    </span>
  );
}

/** What is wrong with a line, a group, the limit or an order, where it stands. */
export function FaultNote({ id }: { id: string }) {
  const { fault } = useEditing();
  if (fault?.place.id !== id) return null;
  return (
    <p id={faultNote} className="field-note sp-fault" data-kind="danger" data-of={fault.place.of}>
      {fault.text}
    </p>
  );
}

/** Alt and an arrow move a line or group from whatever stands in it. */
function useStepKeys(id: string) {
  const { step } = useEditing();
  return (event: KeyboardEvent): void => {
    if (!event.altKey || (event.key !== "ArrowUp" && event.key !== "ArrowDown")) return;
    event.preventDefault();
    event.stopPropagation();
    step(id, event.key === "ArrowUp" ? -1 : 1);
  };
}

function Line({ condition }: { condition: EditCondition }) {
  const { fields, numbers, fault, change, remove, dragged, drop } = useEditing();
  const number = numbers.get(condition.id) ?? 0;
  const field = fields.get(condition.field);
  const onKeyDown = useStepKeys(condition.id);
  const set = (next: Partial<EditCondition>): void => change(condition.id, (part) => ({ ...part, ...next }) as EditPart);
  const marks = (of: "field" | "op" | "value") => marksOf(fault, condition.id, of);
  const atLine = marksOf(fault, condition.id, null);
  const options = field ? choices(field, condition) : [{ value: condition.op, label: condition.op, op: condition.op }];
  const pick = (text: string): void => {
    const choice = options.find((one) => one.value === text);
    if (choice) set({ op: choice.op, value: "set" in choice && choice.set ? choice.set(condition.value) : valueFor(choice.op, condition) });
  };
  return (
    // Only listens for the keys that move it.
    // eslint-disable-next-line jsx-a11y/no-noninteractive-element-interactions
    <div
      className="sp-line"
      role="group"
      aria-label={i18n.t("Rule {number}", { number })}
      data-part={condition.id}
      data-dragged={dragged === condition.id || undefined}
      data-drop={drop?.id === condition.id ? drop.side : undefined}
      onKeyDown={onKeyDown}
    >
      <Grip id={condition.id} label={i18n.t("Drag, or Alt and an arrow key")} />
      <select
        className="select"
        aria-label={i18n.t("Field, rule {number}", { number })}
        {...marks("field")}
        {...atLine}
        value={condition.field}
        onChange={(event) => {
          const next = fields.get(event.target.value);
          if (next) change(condition.id, (part) => ({ ...refielded(part as EditCondition, field, next), id: part.id }));
        }}
      >
        {!field && <option value={condition.field}>{condition.field}</option>}
        <FieldOptions fields={fields.values()} />
      </select>
      <select className="select" aria-label={i18n.t("Operator, rule {number}", { number })} value={field ? chosen(field, condition) : condition.op} {...marks("op")} onChange={(event) => pick(event.target.value)}>
        {options.map((one) => (
          <option key={one.value} value={one.value}>
            {one.label}
          </option>
        ))}
      </select>
      <ValueMarks value={marks("value")}>
        {field ? <Value key={`${condition.field} ${condition.op}`} condition={condition} field={field} number={number} /> : <span className="t-3">{i18n.t("This server does not know this field")}</span>}
      </ValueMarks>
      <IconButton icon="close" size="s" label={i18n.t("Remove rule {number}", { number })} onClick={() => remove(condition.id)} />
      <FaultNote id={condition.id} />
    </div>
  );
}

const jointWords = (): Record<Joint, [string, string]> => ({
  all: [i18n.t("all"), i18n.t("of these are true")],
  any: [i18n.t("any"), i18n.t("of these is true")],
  none: [i18n.t("none"), i18n.t("of these is true")],
  notall: [i18n.t("not all"), i18n.t("of these are true")],
});

interface GroupProps {
  group: EditGroup;
  /** How many groups it lies in; the outermost is all the rules. */
  depth?: number;
  tools?: React.ReactNode;
}
/** From here on a phone has no room to indent. */
const deep = 4;

export function Group({ group, depth = 0, tools }: GroupProps) {
  const outer = depth === 0;
  const { fault, joint, add, remove, dragged, drop } = useEditing();
  const onKeyDown = useStepKeys(group.id);
  const words = jointWords();
  const [name, rest] = words[group.joint];
  const label = outer ? i18n.t("Rules") : i18n.t("Group: {name} {rest}", { name, rest });
  return (
    <div
      className={outer ? "sp-rules" : "sp-group"}
      data-shade={outer ? undefined : depth % 2 === 1 ? "odd" : "even"}
      data-deep={depth >= deep || undefined}
      role="group"
      aria-label={label}
      data-part={group.id}
      data-dragged={dragged === group.id || undefined}
      data-drop={drop?.id === group.id ? drop.side : undefined}
      {...(outer ? {} : { onKeyDown })}
    >
      <div className="sp-joint">
        {!outer && <Grip id={group.id} label={i18n.t("Drag the group, or Alt and an arrow key")} />}
        <select className="select" aria-label={outer ? i18n.t("Which rules must be true") : i18n.t("Which rules of the group must be true")} value={group.joint} {...marksOf(fault, group.id, null)} onChange={(event) => joint(group, event.target.value as Joint)}>
          {(["all", "any", "none", "notall"] as const).map((one) => (
            <option key={one} value={one}>
              {words[one][0]}
            </option>
          ))}
        </select>
        <span>{rest}</span>
        <span className="grow" />
        {tools}
        {!outer && <IconButton icon="close" size="s" label={i18n.t("Remove the group")} onClick={() => remove(group.id)} />}
      </div>
      <FaultNote id={group.id} />
      {group.parts.map((part) => (isGroup(part) ? <Group key={part.id} group={part} depth={depth + 1} /> : <Line key={part.id} condition={part} />))}
      {group.parts.length === 0 && <p className="sp-none">{outer ? i18n.t("Without a rule every track is in it.") : i18n.t("An empty group counts for nothing.")}</p>}
      <div className="sp-add">
        <button type="button" className="sp-plus" onClick={() => add(group.id, "rule")}>
          <Icon name="plus" size="s" />
          {i18n.t("Rule")}
          {!outer && <span className="sr"> {i18n.t("in this group")}</span>}
        </button>
        <button type="button" className="sp-plus" onClick={() => add(group.id, "group")}>
          <Icon name="plus" size="s" />
          {i18n.t("Group")}
          {!outer && <span className="sr"> {i18n.t("in this group")}</span>}
        </button>
      </div>
    </div>
  );
}
