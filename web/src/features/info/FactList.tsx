import type { ReactNode } from "react";
import type { FactRow } from "./facts";

/** Names and values; what is unknown is left out, and a section without any is not there. */
export function Facts({ title, rows, children, guess }: { title: string; rows: readonly FactRow[]; children?: ReactNode; guess?: string }) {
  const known = rows.filter((row) => row.value);
  if (known.length === 0 && !children) return null;
  return (
    <section>
      <h2 className="t-12 t-3 w5">
        {title}
        {guess && <span className="guess">{guess}</span>}
      </h2>
      {known.length > 0 && (
        <dl className="facts">
          {known.map(({ name, value, long, share, note }) => (
            <div key={name} data-long={long || undefined}>
              <dt>{name}</dt>
              <dd>
                {share !== undefined && <i className="share" style={{ ["--share" as string]: `${Math.round(share * 100)}%` }} />}
                {value}
                {note && <small>{note}</small>}
              </dd>
            </div>
          ))}
        </dl>
      )}
      {children}
    </section>
  );
}
