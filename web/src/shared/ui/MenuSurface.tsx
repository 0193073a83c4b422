import { DropdownMenu } from "radix-ui";
import { useState } from "react";
import { Icon } from "./Icon";
import { useMenu, type MenuAction, type MenuEntry, type OpenMenu } from "./menu";

function Words({ icon, label, keys }: { icon?: MenuAction["icon"]; label: string; keys?: string | undefined }) {
  return (
    <>
      {icon && <Icon name={icon} />}
      <span className="cut">{label}</span>
      {keys && <kbd aria-hidden="true">{keys}</kbd>}
    </>
  );
}

function Entry({ entry }: { entry: MenuEntry }) {
  if (entry === "line") return <DropdownMenu.Separator className="menu-line" />;
  if ("entries" in entry) {
    return (
      <DropdownMenu.Sub>
        <DropdownMenu.SubTrigger>
          <Words label={entry.label} {...(entry.icon ? { icon: entry.icon } : {})} />
          <span className="menu-end">
            <Icon name="chev-right" size="s" />
          </span>
        </DropdownMenu.SubTrigger>
        <DropdownMenu.Portal>
          <DropdownMenu.SubContent className="menu" sideOffset={2} collisionPadding={8}>
            <Entries entries={entry.entries} />
          </DropdownMenu.SubContent>
        </DropdownMenu.Portal>
      </DropdownMenu.Sub>
    );
  }
  const words = <Words label={entry.label} keys={entry.keys} {...(entry.icon ? { icon: entry.icon } : {})} />;
  if (entry.checked !== undefined) {
    return (
      <DropdownMenu.CheckboxItem checked={entry.checked} onSelect={entry.run} disabled={entry.disabled ?? false}>
        {words}
        <DropdownMenu.ItemIndicator className="menu-end">
          <Icon name="check" size="s" />
        </DropdownMenu.ItemIndicator>
      </DropdownMenu.CheckboxItem>
    );
  }
  return (
    <DropdownMenu.Item onSelect={entry.run} disabled={entry.disabled ?? false} data-danger={entry.danger || undefined}>
      {words}
    </DropdownMenu.Item>
  );
}

function Entries({ entries }: { entries: readonly MenuEntry[] }) {
  return entries.map((entry, index) => <Entry key={entry === "line" ? `line-${index}` : entry.label} entry={entry} />);
}

export default function MenuSurface({ menu }: { menu: OpenMenu }) {
  const close = (): void => useMenu.setState({ open: null });
  const { left, top, width, height } = menu.anchor;
  // The portal stays inside a landmark, so that nothing of the page is outside of one.
  const [place, setPlace] = useState<HTMLElement | null>(null);
  return (
    <section aria-label={menu.label} ref={setPlace}>
    <DropdownMenu.Root open onOpenChange={(open) => !open && close()} modal={false}>
      <DropdownMenu.Trigger asChild>
        <button type="button" className="menu-anchor" style={{ left, top, width, height }} tabIndex={-1} aria-hidden="true" aria-label={menu.label} />
      </DropdownMenu.Trigger>
      <DropdownMenu.Portal container={place}>
        <DropdownMenu.Content
          className="menu"
          aria-label={menu.label}
          align="start"
          sideOffset={4}
          collisionPadding={8}
          onCloseAutoFocus={(event) => {
            event.preventDefault();
            menu.origin?.focus({ preventScroll: true });
          }}
        >
          <Entries entries={menu.entries} />
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
    </section>
  );
}
