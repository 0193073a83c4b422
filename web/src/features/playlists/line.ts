import type { Id } from "@/shared/api/types";

/** Changes on their way, and how many there were. */
const lines = new Map<Id, Promise<unknown>>();
const turns = new Map<Id, number>();

/** Changes of one playlist go out one after the other. `last`: nothing waits behind this one. */
export async function inTurn<T>(id: Id, work: () => Promise<T>, last: () => void): Promise<T> {
  turns.set(id, (turns.get(id) ?? 0) + 1);
  const turn = (lines.get(id) ?? Promise.resolve()).then(work);
  lines.set(id, turn);
  const done = await turn;
  if (lines.get(id) === turn) {
    lines.delete(id);
    last();
  }
  return done;
}

/** An answer that was made while changes were on their way would undo them on the screen, so it is asked for again. */
export async function settled<T>(id: Id, load: () => Promise<T>): Promise<T> {
  for (;;) {
    await lines.get(id);
    const turn = turns.get(id);
    const answer = await load();
    if (turns.get(id) === turn) return answer;
  }
}
