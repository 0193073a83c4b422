/** The one search box of the app, while its page is open. */
let box: HTMLInputElement | null = null;

export const setSearchBox = (element: HTMLInputElement | null): void => {
  box = element;
};

/** True if there was a box to go to. */
export function focusSearchBox(): boolean {
  if (!box?.isConnected) return false;
  box.focus();
  box.select();
  return true;
}
