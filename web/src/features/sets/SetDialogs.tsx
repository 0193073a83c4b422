import { useNavigate } from "@tanstack/react-router";
import { lazy, Suspense } from "react";
import { closeNewSet, useNewSet } from "./requests";

const NewSetDialog = lazy(() => import("./NewSetDialog"));

/** "New DJ set" comes with its first use. */
export function SetDialogs() {
  const open = useNewSet((state) => state.open);
  const navigate = useNavigate();
  const made = (id: string): void => {
    closeNewSet();
    void navigate({ to: "/sets/$setId", params: { setId: id } });
  };
  return <Suspense>{open && <NewSetDialog wish={open} onClose={closeNewSet} onMade={made} />}</Suspense>;
}
