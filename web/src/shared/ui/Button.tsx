import type { ButtonHTMLAttributes, ReactNode, Ref } from "react";
import { Icon, type IconName } from "./Icon";

type Native = Omit<ButtonHTMLAttributes<HTMLButtonElement>, "aria-label" | "aria-pressed">;

interface ButtonProps extends Native {
  kind?: "primary" | "quiet" | "danger" | "plain";
  size?: "s" | "l";
  icon?: IconName | undefined;
  /** The work in words while it runs ("Saving"); the button keeps its width. */
  busy?: string | false | undefined;
  children: ReactNode;
}

export function Button({ kind, size, icon, busy, children, className, type = "button", ...rest }: ButtonProps) {
  return (
    <button
      type={type}
      className={className ? `btn ${className}` : "btn"}
      data-kind={kind}
      data-size={size}
      aria-busy={busy ? true : undefined}
      aria-disabled={busy ? true : undefined}
      {...rest}
      onClick={busy ? (event) => event.preventDefault() : rest.onClick}
    >
      {icon && <Icon name={icon} />}
      <span className="btn-words">
        <span data-hidden={busy ? "" : undefined}>{children}</span>
        {busy && <span role="status">{busy}</span>}
      </span>
    </button>
  );
}

interface IconButtonProps extends Native {
  icon: IconName;
  label: string;
  /** Shown beside the tooltip, e.g. "Space". */
  keys?: string;
  pressed?: boolean;
  kind?: "play" | "accent";
  size?: "s" | "l";
  ref?: Ref<HTMLButtonElement>;
}

export function IconButton({ icon, label, keys, pressed, kind, size, className, type = "button", ...rest }: IconButtonProps) {
  return (
    <button
      type={type}
      className={className ? `icon-btn ${className}` : "icon-btn"}
      aria-label={label}
      aria-pressed={pressed}
      data-tip={label}
      data-keys={keys}
      data-kind={kind}
      data-size={size}
      {...rest}
    >
      <Icon name={icon} />
    </button>
  );
}
