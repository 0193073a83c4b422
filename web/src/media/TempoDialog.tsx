import { i18n } from "@lingui/core";
import { useState, type FormEvent } from "react";
import { Button } from "@/shared/ui/Button";
import { Dialog } from "@/shared/ui/Dialog";
import { Field } from "@/shared/ui/Field";
import type { Range } from "./trackFilters";

const slowest = 20;
const fastest = 400;
const read = (text: string): number | undefined | null => {
  if (!text.trim()) return undefined;
  const value = Number(text.replace(",", "."));
  return Number.isFinite(value) && value >= slowest && value <= fastest ? value : null;
};

export default function TempoDialog({ range, onChange, onClose }: { range: Range; onChange: (range: Range) => void; onClose: () => void }) {
  const [from, setFrom] = useState(range.from?.toString() ?? "");
  const [to, setTo] = useState(range.to?.toString() ?? "");
  const [tried, setTried] = useState(false);
  const [low, high] = [read(from), read(to)];
  const wrong = i18n.t("A number from {slowest} to {fastest}, or nothing.", { slowest, fastest });
  const crossed = typeof low === "number" && typeof high === "number" && low > high;
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    setTried(true);
    if (low === null || high === null || crossed) return;
    onChange({ from: low, to: high });
    onClose();
  };
  return (
    <Dialog open onClose={onClose} title={i18n.t("Tempo")} about={i18n.t("Both ends count. Leave one out for an open end.")}>
      <form className="form" noValidate onSubmit={submit}>
        <div className="row tempo-ends">
          <Field label={i18n.t("From (BPM)")} inputMode="decimal" value={from} onChange={(event) => setFrom(event.target.value)} error={tried && low === null ? wrong : null} />
          <Field label={i18n.t("To (BPM)")} inputMode="decimal" value={to} onChange={(event) => setTo(event.target.value)} error={tried && (high === null ? wrong : crossed ? i18n.t("This is less than the beginning.") : null) || null} />
        </div>
        <footer>
          <Button kind="quiet" onClick={onClose}>
            {i18n.t("Cancel")}
          </Button>
          <Button type="submit" kind="primary">
            {i18n.t("Show")}
          </Button>
        </footer>
      </form>
    </Dialog>
  );
}
