import { createContext, useContext } from "react";
import type { EditGroup, EditPart, Joint, Place } from "@/media/rules/rule";
import type { RuleField } from "@/media/rules/words";

/** What the server finds wrong, and where. */
export interface Fault {
  text: string;
  place: Place;
}
/** The note under a line says what is wrong with it; what is wrong there names the note. */
export const faultNote = "rule-fault";

/** What every line of the editor needs. */
export interface Editing {
  fields: ReadonlyMap<string, RuleField>;
  /** What ids in the rule are called; picked ones are added. */
  names: Readonly<Record<string, string>>;
  name: (id: string, text: string) => void;
  /** Where a line stands among all, from 1. */
  numbers: ReadonlyMap<string, number>;
  /** The playlist being edited, which cannot look into itself. */
  playlistId: string | null;
  fault: Fault | null;
  change: (id: string, change: (part: EditPart) => EditPart | null, what?: string) => void;
  add: (groupId: string, kind: "rule" | "group") => void;
  remove: (id: string) => void;
  joint: (group: EditGroup, joint: Joint) => void;
  step: (id: string, by: 1 | -1) => void;
  grip: (event: React.PointerEvent<HTMLElement>, id: string) => void;
  dragged: string | null;
  drop: { id: string; side: "before" | "after" | "inside" } | null;
}
export const EditingContext = createContext<Editing | null>(null);
export function useEditing(): Editing {
  const editing = useContext(EditingContext);
  if (!editing) throw new Error("Lines of a rule stand inside its editor.");
  return editing;
}

/** Marks of the control that a fault is about. */
export type Marks = { "aria-invalid": true; "aria-describedby": string } | Record<string, never>;
const faulty: Marks = { "aria-invalid": true, "aria-describedby": faultNote };
const sound: Marks = {};
/** The marks for one part of a line; without a part, for the line or group itself. */
export function marksOf(fault: Fault | null, id: string, of: Place["of"]): Marks {
  return fault?.place.id === id && fault.place.of === of ? faulty : sound;
}

const MarksContext = createContext<Marks>(sound);
export const ValueMarks = MarksContext.Provider;
/** For each control of a value. */
export const useMarks = (): Marks => useContext(MarksContext);
