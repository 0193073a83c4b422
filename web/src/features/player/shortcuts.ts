import { i18n } from "@lingui/core";

/** Every key of the whole window, once: the layer handles exactly these, and the sheet lists exactly these. */
export type KeyAction =
  | "toggle"
  | "back"
  | "forward"
  | "previous"
  | "next"
  | "louder"
  | "quieter"
  | "mute"
  | "shuffle"
  | "repeat"
  | "like"
  | "search"
  | "queue"
  | "lyrics"
  | "visual"
  | "full"
  | "sheet"
  | "close";

/** Key (with its modifier in front) -> what it does. Letters in lower case. */
export const windowKeys: Readonly<Record<string, KeyAction>> = {
  " ": "toggle",
  ArrowLeft: "back",
  ArrowRight: "forward",
  "Shift+ArrowLeft": "previous",
  "Shift+ArrowRight": "next",
  "+": "louder",
  "-": "quieter",
  ArrowUp: "louder",
  ArrowDown: "quieter",
  m: "mute",
  s: "shuffle",
  r: "repeat",
  l: "like",
  "/": "search",
  "Ctrl+k": "search",
  q: "queue",
  y: "lyrics",
  v: "visual",
  f: "full",
  "?": "sheet",
  Escape: "close",
};

/** After G. A place without a page (not built, or not for this listener) is neither handled nor listed. */
export const placeKeys: Readonly<Record<string, string>> = { h: "/", l: "/library", d: "/discover", p: "/playlists", s: "/search", q: "/queue" };

export interface Shortcut {
  shown: string;
  what: string;
  /** The keys of windowKeys, "g <key>" for places, or the keys a list handles by itself. */
  keys: readonly string[];
}
export interface ShortcutGroup {
  title: string;
  /** Who handles them: the layer, or the focused list. */
  where: "window" | "list";
  shortcuts: readonly Shortcut[];
}

const one = (shown: string, what: string, ...keys: string[]): Shortcut => ({ shown, what, keys });

export function shortcutGroups(hasPlace: (path: string) => boolean): ShortcutGroup[] {
  const places: [string, string][] = [
    ["h", i18n.t("Home")],
    ["s", i18n.t("Search")],
    ["l", i18n.t("Library")],
    ["d", i18n.t("Discover")],
    ["p", i18n.t("Playlists")],
    ["q", i18n.t("Queue")],
  ];
  return [
    {
      title: i18n.t("Playing"),
      where: "window",
      shortcuts: [
        one(i18n.t("Space"), i18n.t("Play or pause"), " "),
        one("← →", i18n.t("Five seconds back or forward"), "ArrowLeft", "ArrowRight"),
        one(i18n.t("Shift ← →"), i18n.t("Previous or next track"), "Shift+ArrowLeft", "Shift+ArrowRight"),
        one("+ −", i18n.t("Louder or quieter"), "+", "-"),
        one("↑ ↓", i18n.t("The same, where nothing scrolls"), "ArrowUp", "ArrowDown"),
        one("M", i18n.t("Mute"), "m"),
        one("S", i18n.t("Shuffle"), "s"),
        one("R", i18n.t("Repeat"), "r"),
        one("L", i18n.t("Like what plays"), "l"),
      ],
    },
    {
      title: i18n.t("Going places"),
      where: "window",
      shortcuts: [
        one(i18n.t("/ or Ctrl K"), i18n.t("Search"), "/", "Ctrl+k"),
        one("Q", i18n.t("Queue"), "q"),
        one("Y", i18n.t("Lyrics"), "y"),
        one("V", i18n.t("Visualizer"), "v"),
        one("F", i18n.t("Now playing, then full screen"), "f"),
        ...places.filter(([key]) => hasPlace(placeKeys[key] ?? "")).map(([key, name]) => one(`G ${key.toUpperCase()}`, name, `g ${key}`)),
        one("?", i18n.t("This sheet"), "?"),
        one("Esc", i18n.t("Close"), "Escape"),
      ],
    },
    {
      title: i18n.t("In a list of tracks"),
      where: "list",
      shortcuts: [
        one("↑ ↓", i18n.t("Move"), "ArrowUp", "ArrowDown"),
        one("Enter", i18n.t("Play from here"), "Enter"),
        one("N", i18n.t("Play next"), "n"),
        one("L", i18n.t("Like"), "l"),
        one("X", i18n.t("What mixes well with it"), "x"),
        one("Delete", i18n.t("Remove from queue or playlist"), "Delete"),
        one(i18n.t("Alt ↑ ↓"), i18n.t("Move the row"), "Alt+ArrowUp", "Alt+ArrowDown"),
        one(i18n.t("Shift ↑ ↓"), i18n.t("Select several"), "Shift+ArrowUp", "Shift+ArrowDown"),
        one(i18n.t("Ctrl A"), i18n.t("Select all"), "Ctrl+a"),
        one(i18n.t("Ctrl Z"), i18n.t("Undo the last change of a playlist"), "Ctrl+z"),
      ],
    },
  ];
}
