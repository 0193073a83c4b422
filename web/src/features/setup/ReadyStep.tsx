import { i18n } from "@lingui/core";
import { useNavigate } from "@tanstack/react-router";
import { Button } from "@/shared/ui/Button";

export function ReadyStep({ onBack }: { onBack: () => void }) {
  const navigate = useNavigate();
  const tips = [
    i18n.t("Press ? anywhere to see the keys."),
    i18n.t("New files in the folder appear by themselves."),
    i18n.t("Other people, other folders and files with a problem are under Administration."),
  ];
  return (
    <>
      <header>
        <h1 className="h-28">{i18n.t("Ready")}</h1>
        <p className="t-2 t-16 setup-about">{i18n.t("Everything runs on this server. If the music is still being read, it goes on while you listen.")}</p>
      </header>
      <ul className="setup-tips">
        {tips.map((tip) => (
          <li key={tip}>{tip}</li>
        ))}
      </ul>
      <footer className="row between">
        <Button kind="quiet" onClick={onBack}>
          {i18n.t("Back")}
        </Button>
        <Button kind="primary" onClick={() => void navigate({ to: "/" })}>
          {i18n.t("Open Resonance")}
        </Button>
      </footer>
    </>
  );
}
