import type { TrackItem } from "@/shared/api/types";
import { Dialog } from "@/shared/ui/Dialog";
import "./info.css";
import { Measured } from "./Measured";
import { useMeasuredRequest } from "./requests";

export default function MeasuredDialog({ track }: { track: TrackItem }) {
  const close = (): void => useMeasuredRequest.setState({ track: null });
  return (
    <Dialog open onClose={close} title={track.title} about={track.artist}>
      <div className="info">
        <Measured trackId={track.id} />
      </div>
    </Dialog>
  );
}
