import { i18n } from "@lingui/core";
import { useQueryClient } from "@tanstack/react-query";
import { Outlet, useLocation } from "@tanstack/react-router";
import { useEffect, useRef } from "react";
import { CuesLayer } from "@/features/cues/CuesLayer";
import { InfoLayer } from "@/features/info/InfoLayer";
import { MiniPlayer } from "@/features/player/MiniPlayer";
import { PlayerBar } from "@/features/player/PlayerBar";
import { ShortcutsLayer } from "@/features/player/ShortcutsLayer";
import { PlaylistDialogs } from "@/features/playlists/PlaylistDialogs";
import { SetDialogs } from "@/features/sets/SetDialogs";
import { SonicDialogs } from "@/features/similar/SonicDialogs";
import { MixesLayer } from "@/media/MixesLayer";
import { usePanel } from "@/media/panel";
import { MainScroll } from "@/shared/hooks/mainScroll";
import { startSession } from "@/shared/api/session";
import { openSocket } from "@/shared/api/socket";
import { useOnline, useScope } from "@/shared/hooks/scope";
import { usePhone } from "@/shared/hooks/useMedia";
import { Icon } from "@/shared/ui/Icon";
import { Rail } from "./Rail";
import { SidePanel } from "./SidePanel";
import { TabBar } from "./TabBar";

function OfflineNote() {
  const online = useOnline();
  if (online) return null;
  return (
    <p className="note shell-note" role="status">
      <Icon name="offline" />
      {i18n.t("No network. Music that is already loaded goes on.")}
    </p>
  );
}

export function AppShell() {
  const client = useQueryClient();
  const phone = usePhone();
  const wash = useScope((scope) => scope.wash);
  const panel = usePanel((state) => state.open);
  const main = useRef<HTMLElement>(null);
  const onQueuePage = useLocation({ select: (location) => location.pathname.endsWith("/queue") });
  useEffect(() => openSocket(client, () => void startSession()), [client]);

  return (
    <MainScroll value={main}>
      <div className="shell" data-wash={wash}>
        <button type="button" className="skip btn" onClick={() => main.current?.focus()}>
          {i18n.t("Skip to content")}
        </button>
        {!phone && <Rail />}
        <main id="main" ref={main} tabIndex={-1} data-scroll-restoration-id="main">
          <OfflineNote />
          <Outlet />
        </main>
        {!phone && panel && !onQueuePage && <SidePanel tab={panel} />}
        {phone ? (
          <footer className="bottom">
            <MiniPlayer />
            <TabBar />
          </footer>
        ) : (
          <PlayerBar />
        )}
        <ShortcutsLayer />
        <PlaylistDialogs />
        <SonicDialogs />
        <SetDialogs />
        <MixesLayer />
        <InfoLayer />
        <CuesLayer />
      </div>
    </MainScroll>
  );
}
