import { useEffect, useState, useSyncExternalStore } from "react";
import type { Id } from "@/shared/api/types";
import { makeDeck, type Deck } from "./deck";

export function useDeck(trackId: Id): Deck {
  const [deck] = useState(() => makeDeck(trackId));
  useEffect(() => deck.open(), [deck]);
  return deck;
}

/** Where the deck is, to a twentieth of a second. */
export const useDeckPosition = (deck: Deck): number => useSyncExternalStore(deck.subscribe, () => Math.round(deck.position() * 20) / 20);
export const useDeckPlaying = (deck: Deck): boolean => useSyncExternalStore(deck.subscribe, deck.playing);
export const useDeckFault = (deck: Deck): boolean => useSyncExternalStore(deck.subscribe, deck.fault);
