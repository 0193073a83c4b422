interface ProgressProps {
  label: string;
  /** 0..1, null while unknown. */
  value: number | null;
  kind?: "warning";
}

export function Progress({ label, value, kind }: ProgressProps) {
  const percent = value === null ? 0 : Math.round(Math.min(1, Math.max(0, value)) * 100);
  return (
    <div className="progress" role="progressbar" aria-label={label} aria-valuemin={0} aria-valuemax={100} aria-valuenow={value === null ? undefined : percent} data-kind={kind} data-unknown={value === null ? "" : undefined}>
      <i style={{ width: `${percent}%` }} />
    </div>
  );
}
