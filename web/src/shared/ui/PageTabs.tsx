import { Link, useLocation, type LinkProps } from "@tanstack/react-router";
import { useEffect, useRef } from "react";

/** Sections of a page, each with its own address. On a narrow window the open one is scrolled into sight. */
export function PageTabs({ label, tabs }: { label: string; tabs: readonly { to: LinkProps["to"]; label: string }[] }) {
  const nav = useRef<HTMLElement>(null);
  const path = useLocation({ select: (location) => location.pathname });
  useEffect(() => {
    const open = nav.current?.querySelector<HTMLElement>("[aria-current]");
    if (open && nav.current) nav.current.scrollLeft = open.offsetLeft - (nav.current.clientWidth - open.offsetWidth) / 2;
  }, [path]);
  return (
    <nav ref={nav} className="tabs page-tabs" aria-label={label}>
      {tabs.map((tab) => (
        <Link key={tab.to} to={tab.to} activeOptions={{ exact: true, includeSearch: false }} activeProps={{ "aria-current": "page" }}>
          {tab.label}
        </Link>
      ))}
    </nav>
  );
}
