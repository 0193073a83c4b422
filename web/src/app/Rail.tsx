import { i18n } from "@lingui/core";
import { Link } from "@tanstack/react-router";
import { RailPlaylists } from "@/features/playlists/RailPlaylists";
import { useUser } from "@/shared/api/session";
import { initials } from "@/shared/lib/format";
import { Icon } from "@/shared/ui/Icon";
import { openAccountMenu } from "./accountMenu";
import { places } from "./nav";

export function Rail() {
  const user = useUser();
  return (
    <nav className="rail" aria-label={i18n.t("Main")}>
      <Link className="brand" to="/" aria-label="Resonance">
        <Icon name="logo" size="l" />
        <span>Resonance</span>
      </Link>
      <ul>
        {places().map((place) => (
          <li key={place.to}>
            <Link to={place.to} activeOptions={{ exact: place.to === "/", includeSearch: false }} activeProps={{ "aria-current": "page" }} aria-label={place.label}>
              <Icon name={place.icon} />
              <span>{place.label}</span>
            </Link>
          </li>
        ))}
      </ul>
      <RailPlaylists />
      <button type="button" className="me row" aria-haspopup="menu" onClick={(event) => openAccountMenu(event.currentTarget)}>
        <span className="avatar" aria-hidden="true">
          {initials(user.name)}
        </span>
        <span className="sr">{i18n.t("Account")}</span>
        <span className="cut w5">{user.name}</span>
      </button>
    </nav>
  );
}
