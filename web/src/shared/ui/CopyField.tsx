import { i18n } from "@lingui/core";
import { useEffect, useId, useRef, useState } from "react";
import { Button } from "./Button";

/** A value to take elsewhere. Where the clipboard is closed (plain HTTP), the text is selected instead. */
export function CopyField({ label, value }: { label: string; value: string }) {
  const id = useId();
  const input = useRef<HTMLInputElement>(null);
  const [copied, setCopied] = useState(false);
  useEffect(() => {
    if (!copied) return;
    const timer = setTimeout(() => setCopied(false), 2000);
    return () => clearTimeout(timer);
  }, [copied]);
  const copy = (): void => {
    input.current?.select();
    const old = (): boolean => document.execCommand("copy");
    if (!navigator.clipboard) return setCopied(old());
    navigator.clipboard.writeText(value).then(
      () => setCopied(true),
      () => setCopied(old()),
    );
  };
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      <span className="copy">
        <input ref={input} id={id} className="input num" readOnly value={value} onFocus={(event) => event.target.select()} />
        <Button size="s" icon={copied ? "check" : undefined} onClick={copy} aria-label={i18n.t("Copy {label}", { label })}>
          {copied ? i18n.t("Copied") : i18n.t("Copy")}
        </Button>
      </span>
      <span className="sr" role="status">
        {copied && i18n.t("{label} copied", { label })}
      </span>
    </div>
  );
}
