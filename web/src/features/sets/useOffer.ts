import { useQuery } from "@tanstack/react-query";
import { useMemo, useState } from "react";
import type { SetDetail, SetRun } from "@/shared/api/djSets";
import { jointsOf } from "./api";
import type { Offer } from "./OfferBar";
import { reorder, type Order } from "./order";

export const ofRun = (run: SetRun): Offer | null => run.result && { kind: "run", proposal: run.result, stopped: run.state === "cancelled" };

/** What is shown in place of the set, and the order it would make; null = the set itself. */
export function useOffer(set: SetDetail): { offer: Offer | null; tried: Order | null; setOffer: (offer: Offer | null) => void } {
  const [offer, setOffer] = useState<Offer | null>(null);
  return { offer, tried: useTried(set, offer), setOffer };
}

/** The order of an offer, with the joints the server has to be asked for. */
function useTried(set: SetDetail, offer: Offer | null): Order | null {
  const order = useMemo<Order | null>(() => {
    if (!offer) return null;
    return offer.kind === "run" ? offer.proposal : reorder(set, offer.idea.slots, offer.idea.tracks);
  }, [set, offer]);
  const missing = order ? order.slots.slice(1).flatMap((slot, i) => (order.joints[i] ? [] : [[order.slots[i]?.track_id ?? "", slot.track_id] as const])) : [];
  const { data } = useQuery({ queryKey: ["set-joints", set.id, missing], queryFn: ({ signal }) => jointsOf(missing, signal), enabled: missing.length > 0, staleTime: Infinity });
  return useMemo(() => {
    if (!order || !data) return order;
    return { ...order, joints: order.joints.map((joint, i) => joint ?? data.find((one) => one.a === order.slots[i]?.track_id && one.b === order.slots[i + 1]?.track_id) ?? null) };
  }, [order, data]);
}
