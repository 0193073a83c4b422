import { i18n } from "@lingui/core";

/** What the sheet lists. The keys themselves are handled in ShortcutsLayer; rows and sliders handle their own. */
export interface ShortcutGroup {
  title: string;
  keys: readonly (readonly [keys: string, what: string])[];
}

export const shortcutGroups = (): ShortcutGroup[] => [
  {
    title: i18n.t("Playing"),
    keys: [
      [i18n.t("Space"), i18n.t("Play or pause")],
      ["← →", i18n.t("Five seconds back or forward")],
      [i18n.t("Shift ← →"), i18n.t("Previous or next track")],
      ["+ −", i18n.t("Louder or quieter")],
      ["M", i18n.t("Mute")],
      ["S", i18n.t("Shuffle")],
      ["R", i18n.t("Repeat")],
      ["L", i18n.t("Like what plays")],
    ],
  },
  {
    title: i18n.t("Going places"),
    keys: [
      ["/", i18n.t("Search")],
      ["G H", i18n.t("Home")],
      ["G L", i18n.t("Library")],
      ["Q", i18n.t("Queue")],
      ["Y", i18n.t("Lyrics")],
      ["F", i18n.t("Now playing")],
      ["?", i18n.t("This sheet")],
      ["Esc", i18n.t("Close")],
    ],
  },
  {
    title: i18n.t("In a list of tracks"),
    keys: [
      ["↑ ↓", i18n.t("Move")],
      ["Enter", i18n.t("Play from here")],
      ["N", i18n.t("Play next")],
      ["L", i18n.t("Like")],
      ["Delete", i18n.t("Remove from queue")],
      [i18n.t("Alt ↑ ↓"), i18n.t("Move the row")],
      [i18n.t("Shift ↑ ↓"), i18n.t("Select several")],
      [i18n.t("Ctrl A"), i18n.t("Select all")],
    ],
  },
];
