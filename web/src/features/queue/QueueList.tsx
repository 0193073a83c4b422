import { lazy, Suspense, useState } from "react";
import { SkeletonRows } from "@/shared/ui/states";
import "./queue.css";
import { QueueTop, type QueuePart } from "./QueueTop";
import { UpNext } from "./UpNext";

const History = lazy(() => import("./History"));

/** The queue, in the panel and on its page. */
export default function QueueList() {
  const [part, setPart] = useState<QueuePart>("next");
  return (
    <div className="queue-box">
      <QueueTop part={part} onPart={setPart} />
      {part === "next" ? (
        <UpNext />
      ) : (
        <Suspense fallback={<SkeletonRows count={6} />}>
          <History />
        </Suspense>
      )}
    </div>
  );
}
