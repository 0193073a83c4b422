import type { SetDetail, SetJoint, SetLevel, SetSlot, SlotPlace } from "@/shared/api/djSets";
import type { Id, TrackItem } from "@/shared/api/types";

/** Pure changes of an order, and what is known of it before the server has answered. */

/** What is drawn: a set, a proposal, or a change on its way (its new joints are not known yet). */
export interface Order {
  readonly slots: readonly SetSlot[];
  readonly joints: readonly (SetJoint | null)[];
  readonly energy: readonly SetLevel[];
}

export const placesOf = (slots: readonly SetSlot[]): SlotPlace[] => slots.map(({ track_id, locked, joined }) => ({ track_id, locked, joined }));
const pair = (a: Id, b: Id): string => `${a}>${b}`;

/** A new order from what an old one tells: its tracks, the joints that stay, the levels of its tracks. */
export function reorder(from: Order, slots: readonly SlotPlace[], more: readonly (TrackItem | null | undefined)[] = []): Order {
  const tracks = new Map<Id, TrackItem>();
  for (const slot of from.slots) if (slot.track) tracks.set(slot.track_id, slot.track);
  for (const track of more) if (track) tracks.set(track.id, track);
  const joints = new Map(from.joints.flatMap((joint) => (joint ? [[pair(joint.a, joint.b), joint] as const] : [])));
  const levels = new Map(from.slots.map((slot, i) => [slot.track_id, from.energy[i]?.level ?? null] as const));
  return {
    slots: slots.map(({ track_id, locked = false, joined = false }) => ({ track_id, locked, joined, track: tracks.get(track_id) ?? null })),
    joints: slots.slice(1).map((slot, i) => joints.get(pair(slots[i]?.track_id ?? "", slot.track_id)) ?? null),
    energy: slots.map((slot, i) => ({ wanted: wantedAt(from.energy, slots.length > 1 ? i / (slots.length - 1) : 0), level: levels.get(slot.track_id) ?? null })),
  };
}

/** The curve at a share of the set, between the levels that are known. */
export function wantedAt(energy: readonly SetLevel[], share: number): number {
  if (energy.length === 0) return 0.5;
  const at = share * (energy.length - 1);
  const [low, high] = [energy[Math.floor(at)]?.wanted ?? 0.5, energy[Math.ceil(at)]?.wanted ?? 0.5];
  return low + (high - low) * (at - Math.floor(at));
}

export function afterChange(set: SetDetail, slots: readonly SlotPlace[], more: readonly (TrackItem | null)[] = []): SetDetail {
  const next = reorder(set, slots, more);
  // The list and the graph know what a missing joint is; the type of an answer does not.
  return { ...set, slots: [...next.slots], energy: [...next.energy], joints: next.joints as SetJoint[], track_count: slots.length };
}

/** The track at `from` so that it is at `to`. Locked ones keep their places: the others flow around them. */
export function moved(slots: readonly SlotPlace[], from: number, to: number): SlotPlace[] {
  const moving = slots[from];
  if (!moving || moving.locked || from === to || to < 0 || to >= slots.length || slots[to]?.locked) return [...slots];
  const free = slots.filter((slot) => !slot.locked && slot !== moving);
  const places = slots.flatMap((slot, i) => (slot.locked ? [] : [i]));
  const flowing = [...free];
  flowing.splice(places.indexOf(to), 0, moving);
  let next = 0;
  return slots.map((slot) => (slot.locked ? slot : (flowing[next++] ?? slot)));
}

export const removed = (slots: readonly SlotPlace[], place: number): SlotPlace[] => slots.filter((_slot, i) => i !== place);
export const replaced = (slots: readonly SlotPlace[], place: number, trackId: Id): SlotPlace[] => slots.map((slot, i) => (i === place ? { track_id: trackId, locked: slot.locked ?? false, joined: false } : slot));
export const inserted = (slots: readonly SlotPlace[], place: number, trackIds: readonly Id[]): SlotPlace[] => {
  const there = new Set(slots.map((slot) => slot.track_id));
  const fresh = [...new Set(trackIds)].filter((id) => !there.has(id)).map((track_id) => ({ track_id, locked: false, joined: false }));
  return [...slots.slice(0, place), ...fresh, ...slots.slice(place)];
};
export const withLock = (slots: readonly SlotPlace[], place: number, locked: boolean): SlotPlace[] => slots.map((slot, i) => (i === place ? { ...slot, locked } : slot));
export const withJoin = (slots: readonly SlotPlace[], place: number, joined: boolean): SlotPlace[] => slots.map((slot, i) => (i === place ? { ...slot, joined } : slot));

/** When each track begins, seconds from the beginning; the last entry is the end. */
export function startsOf(slots: readonly SetSlot[]): number[] {
  const starts = [0];
  for (const slot of slots) starts.push((starts.at(-1) ?? 0) + (slot.track?.duration_s ?? 0));
  return starts;
}

export interface Sums {
  average: number | null;
  weak: number;
  duration: number;
}
/** At a glance; the same rule as the server's. */
export function sumsOf({ slots, joints }: Order): Sums {
  const scores = joints.flatMap((joint) => (joint ? [joint.score] : []));
  return {
    average: scores.length > 0 ? Math.round(scores.reduce((sum, score) => sum + score, 0) / scores.length) : null,
    weak: scores.filter((score) => score < 60).length,
    duration: startsOf(slots).at(-1) ?? 0,
  };
}

/** Where to look first: the weakest joint, null without joints. */
export function weakest(joints: readonly (SetJoint | null)[]): number | null {
  let found: number | null = null;
  joints.forEach((joint, i) => {
    if (joint && (found === null || joint.score < (joints[found]?.score ?? 101))) found = i;
  });
  return found;
}
