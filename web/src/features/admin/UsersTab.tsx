import { i18n } from "@lingui/core";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { api } from "@/shared/api/client";
import { queries } from "@/shared/api/queries";
import { useUser } from "@/shared/api/session";
import type { AccountItem, Library } from "@/shared/api/types";
import { initials } from "@/shared/lib/format";
import { Button, IconButton } from "@/shared/ui/Button";
import { ConfirmDialog } from "@/shared/ui/ConfirmDialog";
import { openMenu, type MenuEntry } from "@/shared/ui/menu";
import { ErrorState, SkeletonRows } from "@/shared/ui/states";
import { toast } from "@/shared/ui/toast";
import { admin, problemText } from "./api";
import { Invitations } from "./Invitations";
import { AccessDialog, NewUserDialog, PasswordDialog } from "./UserDialogs";
import { roleName } from "./words";

type Asking = { what: "new" } | { what: "access" | "password" | "delete"; user: AccountItem } | null;

function facts(user: AccountItem, libraries: readonly Library[]): string {
  const seen = user.all_libraries ? i18n.t("all libraries") : libraries.filter((one) => user.libraries.includes(one.id)).map((one) => one.name).join(", ") || i18n.t("no library");
  return [user.disabled_at && i18n.t("Disabled"), roleName(user.role), seen].filter(Boolean).join(" · ");
}

export default function UsersTab() {
  const client = useQueryClient();
  const me = useUser();
  const { data: users, error, isPending, refetch } = useQuery(admin.users());
  const { data: libraries = [] } = useQuery(queries.libraries());
  const [asking, setAsking] = useState<Asking>(null);
  const close = (): void => setAsking(null);
  const fresh = (): Promise<void> => client.invalidateQueries({ queryKey: ["users"] });

  const disable = async (user: AccountItem, disabled: boolean): Promise<void> => {
    try {
      await api.patch(`users/${user.id}`, { disabled });
      toast({
        text: disabled ? i18n.t("{name} can no longer sign in", { name: user.name }) : i18n.t("{name} can sign in again", { name: user.name }),
        ...(disabled ? { action: { label: i18n.t("Undo"), run: () => void disable(user, false) } } : {}),
      });
    } catch (fault) {
      toast({ text: problemText(fault) });
    }
    await fresh();
  };
  const menu = (anchor: HTMLElement, user: AccountItem): void => {
    const entries: MenuEntry[] = [
      { label: i18n.t("Role and libraries"), icon: "edit", run: () => setAsking({ what: "access", user }) },
      { label: i18n.t("Reset password"), icon: "lock", run: () => setAsking({ what: "password", user }) },
    ];
    if (user.id !== me.id) {
      entries.push(user.disabled_at ? { label: i18n.t("Enable"), icon: "check", run: () => void disable(user, false) } : { label: i18n.t("Disable"), icon: "close", run: () => void disable(user, true) });
      entries.push("line", { label: i18n.t("Delete"), icon: "trash", danger: true, run: () => setAsking({ what: "delete", user }) });
    }
    openMenu(anchor, i18n.t("More for {name}", { name: user.name }), entries);
  };
  return (
    <>
      <section className="sect" aria-labelledby="adm-users">
        <header>
          <h2 className="h-20" id="adm-users">
            {i18n.t("Users")}
          </h2>
          <Button icon="plus" onClick={() => setAsking({ what: "new" })}>
            {i18n.t("Add user")}
          </Button>
        </header>
        {isPending && <SkeletonRows count={3} />}
        {error && !users && <ErrorState what={i18n.t("The users could not be loaded")} error={error} onRetry={() => void refetch()} />}
        <ul>
          {users?.map((user) => (
            <li key={user.id} className={user.disabled_at ? "lrow off" : "lrow"}>
              <span className="avatar" aria-hidden="true">
                {initials(user.name)}
              </span>
              <span className="cut">
                <b className="cut">{user.id === me.id ? i18n.t("{name} (you)", { name: user.name }) : user.name}</b>
                <small className="cut">{facts(user, libraries)}</small>
              </span>
              <span className="lrow-act">
                <IconButton icon="more" label={i18n.t("More for {name}", { name: user.name })} aria-haspopup="menu" onClick={(event) => menu(event.currentTarget, user)} />
              </span>
            </li>
          ))}
        </ul>
      </section>
      <Invitations />
      {asking?.what === "new" && <NewUserDialog libraries={libraries} onClose={close} onDone={fresh} />}
      {asking?.what === "access" && <AccessDialog user={asking.user} libraries={libraries} onClose={close} onDone={fresh} />}
      {asking?.what === "password" && <PasswordDialog user={asking.user} onClose={close} />}
      {asking?.what === "delete" && (
        <ConfirmDialog
          title={i18n.t("Delete {name}?", { name: asking.user.name })}
          about={i18n.t("Likes, plays, notes and playlists of this account go with it. To lock somebody out for a while, disable the account instead.")}
          verb={i18n.t("Delete")}
          working={i18n.t("Deleting")}
          onConfirm={() => api.delete(`users/${asking.user.id}`).then(fresh)}
          onClose={close}
        />
      )}
    </>
  );
}
