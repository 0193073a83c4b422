import { i18n } from "@lingui/core";
import { useRouter } from "@tanstack/react-router";
import { closeShortcuts, useShortcutsSheet } from "@/media/shortcutsSheet";
import { Button } from "@/shared/ui/Button";
import { Dialog } from "@/shared/ui/Dialog";
import { shortcutGroups } from "./shortcuts";
import { useShortcuts } from "./useShortcuts";

export function ShortcutsLayer() {
  useShortcuts();
  const router = useRouter();
  const open = useShortcutsSheet((state) => state.open);
  return (
    <Dialog open={open} onClose={closeShortcuts} title={i18n.t("Keyboard shortcuts")} wide>
      <div className="keys">
        {shortcutGroups((path) => path in router.routesByPath).map((group) => (
          <section key={group.title}>
            <h3 className="t-12 t-3 w5">{group.title}</h3>
            <dl>
              {group.shortcuts.map(({ shown, what }) => (
                <div key={shown}>
                  <dt>
                    <kbd>{shown}</kbd>
                  </dt>
                  <dd>{what}</dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
      <footer>
        <Button onClick={closeShortcuts}>{i18n.t("Close")}</Button>
      </footer>
    </Dialog>
  );
}
