import { i18n } from "@lingui/core";
import { useState } from "react";
import { useServer, useSession } from "@/shared/api/session";
import { usePageLook } from "@/shared/hooks/scope";
import { useTitle } from "@/shared/hooks/useTitle";
import { Icon } from "@/shared/ui/Icon";
import "./setup.css";
import { AccountStep } from "./AccountStep";
import { FolderStep } from "./FolderStep";
import { ReadingStep } from "./ReadingStep";
import { ReadyStep } from "./ReadyStep";

const steps = ["account", "folder", "reading", "ready"] as const;
export type Step = (typeof steps)[number];

/** First run. Back is always possible; playing is possible while the music is still read. */
export default function SetupPage() {
  const server = useServer();
  const user = useSession((session) => (session.status === "signed-in" ? session.user : null));
  const [chosen, setStep] = useState<Step>("folder");
  const [folder, setFolder] = useState<string | null>(null);
  const step: Step = user ? chosen : "account";
  usePageLook({});
  useTitle(i18n.t("Set up"));
  const words: Record<Step, [string, string | null]> = {
    account: [i18n.t("Your account"), user ? i18n.t("{name}, administrator", { name: user.name }) : null],
    folder: [i18n.t("Music folder"), folder ? i18n.t("{folder}, read only", { folder }) : null],
    reading: [i18n.t("Reading your music"), i18n.t("You can play while it runs")],
    ready: [i18n.t("Ready"), null],
  };
  const at = steps.indexOf(step);

  return (
    <div className="setup">
      <aside className="setup-side" aria-label={i18n.t("Steps")}>
        <p className="row row-3 h-16 setup-brand">
          <Icon name="logo" size="l" />
          Resonance
        </p>
        <ol className="steps">
          {steps.map((one, index) => (
            <li key={one} data-done={index < at || undefined} aria-current={one === step ? "step" : undefined}>
              <span className="n">{index < at ? <Icon name="check" size="s" /> : index + 1}</span>
              <span>
                {words[one][0]}
                {words[one][1] && <small>{words[one][1]}</small>}
              </span>
            </li>
          ))}
        </ol>
        <p className="t-12 t-3 setup-vow">
          {i18n.t("Nothing in the folder is ever written.")}
          <br />
          {i18n.t("Nothing leaves this server.")}
        </p>
      </aside>
      <main className="setup-main" id="main" tabIndex={-1} data-step={step}>
        {step === "account" && server && <AccountStep codeRequired={server.setup_code_required} />}
        {step === "folder" && <FolderStep onDone={(path) => { setFolder(path); setStep("reading"); }} />}
        {step === "reading" && <ReadingStep onBack={() => setStep("folder")} onDone={() => setStep("ready")} />}
        {step === "ready" && <ReadyStep onBack={() => setStep("reading")} />}
      </main>
    </div>
  );
}
