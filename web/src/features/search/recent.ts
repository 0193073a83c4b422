import { create } from "zustand";

/** What this person searched for on this device, newest first. It never leaves the device. */
const most = 8;
const storageKey = (userId: string): string => `resonance.searches.${userId}`;

export const useRecent = create<{ userId: string; words: readonly string[] }>(() => ({ userId: "", words: [] }));

function read(userId: string): string[] {
  try {
    const value: unknown = JSON.parse(localStorage.getItem(storageKey(userId)) ?? "[]");
    return Array.isArray(value) ? value.filter((one): one is string => typeof one === "string").slice(0, most) : [];
  } catch {
    return [];
  }
}

export const loadRecent = (userId: string): void => useRecent.setState({ userId, words: read(userId) });

function keep(words: readonly string[]): void {
  const { userId } = useRecent.getState();
  useRecent.setState({ words });
  localStorage.setItem(storageKey(userId), JSON.stringify(words));
}

/** Words that go on where the last ones ended take their place: "mil", "miles" is one search. */
export function rememberSearch(text: string): void {
  const word = text.trim();
  if (word.length < 2) return;
  const { words } = useRecent.getState();
  const same = (one: string): boolean => one.toLocaleLowerCase() === word.toLocaleLowerCase();
  const [newest] = words;
  const rest = newest && word.toLocaleLowerCase().startsWith(newest.toLocaleLowerCase()) ? words.slice(1) : words;
  keep([word, ...rest.filter((one) => !same(one))].slice(0, most));
}
export const forgetSearch = (word: string): void => keep(useRecent.getState().words.filter((one) => one !== word));
export const forgetAllSearches = (): void => keep([]);
export const restoreSearches = (words: readonly string[]): void => keep(words);
