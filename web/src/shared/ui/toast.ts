import { create } from "zustand";

export interface ToastMessage {
  text: string;
  action?: { label: string; run: () => void };
}
interface Shown extends ToastMessage {
  id: number;
}
export const useToasts = create<{ shown: Shown | null }>(() => ({ shown: null }));
let last = 0;

/** Says one thing for six seconds. A newer one takes its place. */
export function toast(message: ToastMessage): void {
  last += 1;
  useToasts.setState({ shown: { ...message, id: last } });
}
export const dismissToast = (): void => useToasts.setState({ shown: null });
