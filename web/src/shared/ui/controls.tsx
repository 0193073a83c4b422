import { useId, type ReactNode } from "react";
import { Icon, type IconName } from "./Icon";

/** A setting that is on or off, with its words beside it. */
export function Switch({ label, note, checked, onChange, disabled }: { label: string; note?: string; checked: boolean; onChange: (on: boolean) => void; disabled?: boolean }) {
  const id = useId();
  return (
    <div className="switch-row">
      <span className="grow">
        <span id={id} className="w5">
          {label}
        </span>
        {note && (
          <small id={`${id}-note`} className="field-note">
            {note}
          </small>
        )}
      </span>
      <button
        type="button"
        role="switch"
        className="switch"
        aria-checked={checked}
        aria-labelledby={id}
        aria-describedby={note ? `${id}-note` : undefined}
        disabled={disabled}
        onClick={() => onChange(!checked)}
      />
    </div>
  );
}

interface ChipProps {
  pressed: boolean;
  onClick: (event: React.MouseEvent<HTMLButtonElement>) => void;
  children: ReactNode;
  /** "menu" opens a choice; a pressed chip otherwise shows that it can be taken off. */
  menu?: boolean;
}
export function Chip({ pressed, onClick, children, menu }: ChipProps) {
  return (
    <button type="button" className="chip" aria-pressed={menu ? undefined : pressed} data-on={pressed || undefined} aria-haspopup={menu ? "menu" : undefined} onClick={onClick}>
      {children}
      {menu ? <Icon name="chev-down" size="s" /> : pressed && <Icon name="close" size="s" />}
    </button>
  );
}

interface SegmentedProps<T extends string> {
  label: string;
  value: T;
  options: readonly { value: T; label: string; icon?: IconName }[];
  onChange: (value: T) => void;
  size?: "s";
}
export function Segmented<T extends string>({ label, value, options, onChange, size }: SegmentedProps<T>) {
  return (
    <div className="seg" role="group" aria-label={label} data-size={size}>
      {options.map((option) => (
        <button
          key={option.value}
          type="button"
          aria-pressed={option.value === value}
          aria-label={option.icon ? option.label : undefined}
          data-tip={option.icon ? option.label : undefined}
          onClick={() => onChange(option.value)}
        >
          {option.icon ? <Icon name={option.icon} size="s" /> : option.label}
        </button>
      ))}
    </div>
  );
}
