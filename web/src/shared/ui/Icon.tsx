import sprite from "./icons.svg?url";
import type { iconNames } from "./iconNames";

export type IconName = (typeof iconNames)[number];

/** One symbol of the sprite; always decorative, the control around it carries the name. */
export function Icon({ name, size }: { name: IconName; size?: "s" | "l" }) {
  const className = size ? `ic ic-${size}` : "ic";
  return (
    <svg className={className} aria-hidden="true" focusable="false">
      <use href={`${sprite}#i-${name}`} />
    </svg>
  );
}
