import { useId, type InputHTMLAttributes, type ReactNode, type SelectHTMLAttributes } from "react";

interface FieldProps extends InputHTMLAttributes<HTMLInputElement> {
  label: string;
  note?: ReactNode;
  error?: string | null | undefined;
}

export function Field({ label, note, error, className, ...input }: FieldProps) {
  const id = useId();
  const about = error ? `${id}-error` : note ? `${id}-note` : undefined;
  return (
    <div className={className ? `field ${className}` : "field"}>
      <label htmlFor={id}>{label}</label>
      <input id={id} className="input" aria-invalid={error ? true : undefined} aria-describedby={about} {...input} />
      {error && (
        <p className="field-note" data-kind="danger" id={`${id}-error`} role="alert">
          {error}
        </p>
      )}
      {!error && note && (
        <p className="field-note" id={`${id}-note`}>
          {note}
        </p>
      )}
    </div>
  );
}

interface SelectProps extends SelectHTMLAttributes<HTMLSelectElement> {
  label: string;
  hideLabel?: boolean;
  options: readonly { value: string; label: string }[];
}

/** The browser's own list: best on a phone, known to every screen reader. */
export function Select({ label, hideLabel, options, className, ...select }: SelectProps) {
  const id = useId();
  return (
    <div className={className ? `field ${className}` : "field"}>
      <label htmlFor={id} className={hideLabel ? "sr" : undefined}>
        {label}
      </label>
      <select id={id} className="select" {...select}>
        {options.map((option) => (
          <option key={option.value} value={option.value}>
            {option.label}
          </option>
        ))}
      </select>
    </div>
  );
}
