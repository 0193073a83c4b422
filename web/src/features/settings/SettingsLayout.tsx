import { i18n } from "@lingui/core";
import { Outlet } from "@tanstack/react-router";
import { usePageLook } from "@/shared/hooks/scope";
import { useTitle } from "@/shared/hooks/useTitle";
import { PageTabs } from "@/shared/ui/PageTabs";
import "./settings.css";

export default function SettingsLayout() {
  usePageLook({});
  useTitle(i18n.t("Settings"));
  const tabs = [
    { to: "/settings", label: i18n.t("Profile") },
    { to: "/settings/appearance", label: i18n.t("Appearance") },
    { to: "/settings/playback", label: i18n.t("Playback") },
    { to: "/settings/devices", label: i18n.t("Devices") },
    { to: "/settings/apps", label: i18n.t("Apps and keys") },
    { to: "/settings/servers", label: i18n.t("Music servers") },
  ] as const;
  return (
    <>
      <h1 className="h-28">{i18n.t("Settings")}</h1>
      <PageTabs label={i18n.t("Settings sections")} tabs={tabs} />
      <div className="narrow">
        <Outlet />
      </div>
    </>
  );
}
