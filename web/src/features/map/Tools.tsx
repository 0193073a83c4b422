import { i18n } from "@lingui/core";
import { useState } from "react";
import { TrackFinder } from "@/media/TrackFinder";
import type { TrackItem } from "@/shared/api/types";
import { IconButton } from "@/shared/ui/Button";
import { Segmented } from "@/shared/ui/controls";
import type { ColourBy } from "./paint";
import type { Tool } from "./useGestures";

interface ToolsProps {
  by: ColourBy;
  onBy: (by: ColourBy) => void;
  tool: Tool;
  onTool: (tool: Tool) => void;
  listOpen: boolean;
  onList: () => void;
  onFound: (track: TrackItem) => void;
}

export function Tools({ by, onBy, tool, onTool, listOpen, onList, onFound }: ToolsProps) {
  const [finding, setFinding] = useState(false);
  return (
    <div className="map-tools">
      <Segmented
        size="s"
        label={i18n.t("Colour shows")}
        value={by}
        options={[
          { value: "energy", label: i18n.t("Energy") },
          { value: "region", label: i18n.t("Regions") },
        ]}
        onChange={onBy}
      />
      <Segmented
        size="s"
        label={i18n.t("Tool")}
        value={tool}
        options={[
          { value: "move", label: i18n.t("Move"), icon: "map" },
          { value: "lasso", label: i18n.t("Lasso"), icon: "lasso" },
          { value: "path", label: i18n.t("Path between two tracks"), icon: "path" },
        ]}
        onChange={onTool}
      />
      <span className="map-pill row">
        <IconButton icon="search" size="s" label={i18n.t("Where is this track?")} aria-expanded={finding} onClick={() => setFinding(!finding)} />
        <IconButton icon="list" size="s" label={i18n.t("List of regions")} aria-expanded={listOpen} onClick={onList} />
      </span>
      {finding && (
        <div className="map-finder">
          <TrackFinder
            label={i18n.t("Where is this track?")}
            takesFocus
            onClose={() => setFinding(false)}
            onPick={(track) => {
              setFinding(false);
              onFound(track);
            }}
          />
        </div>
      )}
    </div>
  );
}
