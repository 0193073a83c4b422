import { i18n } from "@lingui/core";
import type { SetSlot } from "@/shared/api/djSets";
import type { MenuEntry } from "@/shared/ui/menu";
import type { Edits } from "./useEdits";

/** What can be done with a track in its slot. */
export function slotEntries(slot: SetSlot, place: number, last: number, edits: Edits, onOthers: () => void): MenuEntry[] {
  const entries: (MenuEntry | false)[] = [
    { label: i18n.t("Other tracks here…"), icon: "wand", keys: "Enter", run: onOthers },
    { label: slot.locked ? i18n.t("Unlock") : i18n.t("Lock in place"), icon: slot.locked ? "unlock" : "lock", keys: "L", run: () => edits.lock(place) },
    place < last && { label: i18n.t("Keep right before the next"), icon: "path", checked: slot.joined, run: () => edits.join(place) },
    place > 0 && { label: i18n.t("Move up"), icon: "sort", keys: "Alt ↑", run: () => void edits.move(place, place - 1) },
    place < last && { label: i18n.t("Move down"), icon: "sort", keys: "Alt ↓", run: () => void edits.move(place, place + 1) },
    place > 0 && !slot.locked && { label: i18n.t("Pin as the first"), icon: "lock", run: () => edits.pin(place, 0) },
    place < last && !slot.locked && { label: i18n.t("Pin as the last"), icon: "lock", run: () => edits.pin(place, last) },
    { label: i18n.t("Remove from the set"), icon: "trash", keys: "Del", run: () => edits.remove(place) },
  ];
  return entries.filter((entry) => entry !== false);
}
