import type { DragEvent } from "react";
import type { Id } from "@/shared/api/types";

/** What is carried while a playlist or a folder is dragged. */
export const listKind = "application/x-resonance-playlist";
export const folderKind = "application/x-resonance-folder";

export const draggedList = (event: DragEvent): Id | null => event.dataTransfer.getData(listKind) || null;
export const draggedFolder = (event: DragEvent): Id | null => event.dataTransfer.getData(folderKind) || null;
export const carries = (event: DragEvent): boolean => event.dataTransfer.types.includes(listKind) || event.dataTransfer.types.includes(folderKind);
