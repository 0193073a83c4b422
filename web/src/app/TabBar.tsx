import { i18n } from "@lingui/core";
import { Link } from "@tanstack/react-router";
import { Icon } from "@/shared/ui/Icon";
import { openAccountMenu } from "./accountMenu";
import { places } from "./nav";

export function TabBar() {
  return (
    <nav className="tabbar" aria-label={i18n.t("Main")}>
      {places()
        .filter((place) => !place.onlyRail)
        .slice(0, 4)
        .map((place) => (
          <Link key={place.to} to={place.to} activeOptions={{ exact: place.to === "/", includeSearch: false }} activeProps={{ "aria-current": "page" }}>
            <Icon name={place.icon} />
            <span>{place.label}</span>
          </Link>
        ))}
      <button type="button" aria-haspopup="menu" onClick={(event) => openAccountMenu(event.currentTarget)}>
        <Icon name="user" />
        <span>{i18n.t("You")}</span>
      </button>
    </nav>
  );
}
