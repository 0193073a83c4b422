import { i18n } from "@lingui/core";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { Outlet } from "@tanstack/react-router";
import { queries } from "@/shared/api/queries";
import { useUser } from "@/shared/api/session";
import { usePageLook } from "@/shared/hooks/scope";
import { useTitle } from "@/shared/hooks/useTitle";
import { Button } from "@/shared/ui/Button";
import { PageTabs } from "@/shared/ui/PageTabs";
import { EmptyState } from "@/shared/ui/states";
import "./admin.css";
import { admin, startScan } from "./api";

function ScanAll() {
  const client = useQueryClient();
  const { data } = useQuery(queries.libraries());
  const libraries = data?.filter((one) => one.kind === "folder");
  const { data: running = [] } = useQuery(admin.running());
  if (!libraries?.length) return null;
  return (
    <Button icon="refresh" busy={running.length > 0 && i18n.t("Scanning")} onClick={() => void startScan(client, libraries.map((one) => one.id))}>
      {i18n.t("Scan now")}
    </Button>
  );
}

export default function AdminLayout() {
  const user = useUser();
  usePageLook({});
  useTitle(i18n.t("Server"));
  if (user.role !== "admin") {
    return (
      <>
        <h1 className="h-28">{i18n.t("Server")}</h1>
        <EmptyState icon="lock" title={i18n.t("For administrators")}>
          {i18n.t("Ask the person who runs this server.")}
        </EmptyState>
      </>
    );
  }
  const tabs = [
    { to: "/admin", label: i18n.t("Overview") },
    { to: "/admin/users", label: i18n.t("Users") },
    { to: "/admin/libraries", label: i18n.t("Libraries") },
    { to: "/admin/servers", label: i18n.t("Music servers") },
    { to: "/admin/playlist-files", label: i18n.t("Playlist files") },
    { to: "/admin/broken", label: i18n.t("Broken files") },
    { to: "/admin/missing", label: i18n.t("Missing tracks") },
    { to: "/admin/analysis", label: i18n.t("Analysis") },
    { to: "/admin/jobs", label: i18n.t("Jobs") },
  ] as const;
  return (
    <>
      <header className="row between">
        <h1 className="h-28">{i18n.t("Server")}</h1>
        <ScanAll />
      </header>
      <PageTabs label={i18n.t("Server sections")} tabs={tabs} />
      <Outlet />
    </>
  );
}
