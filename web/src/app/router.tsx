import { createRootRoute, createRoute, createRouter, lazyRouteComponent, Outlet, redirect } from "@tanstack/react-router";
import { startPlayer, stopPlayer } from "@/player";
import { useSession } from "@/shared/api/session";
import { AppShell } from "./AppShell";
import { NotFoundPage, PageError } from "./fallbacks";
import { albumSearch, artistSearch, genreSearch, mapSearch, playlistsSearch, promptSearch, searchSearch, settingsSearch, signInSearch, signUpSearch, similarSearch, trackSearch } from "./search";

/** All routes on one page. Each page is its own chunk; what it keeps in the URL is typed in search.ts. */
const root = createRootRoute({ component: Outlet, notFoundComponent: NotFoundPage, errorComponent: PageError });

/** Everything that needs a user. */
const inside = createRoute({
  getParentRoute: () => root,
  id: "inside",
  beforeLoad: ({ location }) => {
    const session = useSession.getState();
    if (session.status === "signed-in") return;
    if (session.status === "signed-out" && session.server.setup_required) throw redirect({ to: "/setup" });
    const next = location.href === "/" ? {} : { next: location.href };
    throw redirect({ to: "/sign-in", search: next });
  },
});
const app = createRoute({ getParentRoute: () => inside, id: "app", component: AppShell });
const nowPlaying = createRoute({ getParentRoute: () => inside, path: "/now-playing", component: lazyRouteComponent(() => import("./NowPlaying")) });

const home = createRoute({ getParentRoute: () => app, path: "/", component: lazyRouteComponent(() => import("@/features/home/HomePage")) });

const library = createRoute({ getParentRoute: () => app, path: "/library", component: lazyRouteComponent(() => import("@/features/library/LibraryLayout")) });
const libraryIndex = createRoute({
  getParentRoute: () => library,
  path: "/",
  beforeLoad: () => {
    throw redirect({ to: "/library/albums", replace: true });
  },
});
const albums = createRoute({ getParentRoute: () => library, path: "/albums", validateSearch: albumSearch, component: lazyRouteComponent(() => import("@/features/library/AlbumsTab")) });
const artists = createRoute({ getParentRoute: () => library, path: "/artists", validateSearch: artistSearch, component: lazyRouteComponent(() => import("@/features/library/ArtistsTab")) });
const tracks = createRoute({ getParentRoute: () => library, path: "/tracks", validateSearch: trackSearch, component: lazyRouteComponent(() => import("@/features/library/TracksTab")) });
const genres = createRoute({ getParentRoute: () => library, path: "/genres", validateSearch: genreSearch, component: lazyRouteComponent(() => import("@/features/library/GenresTab")) });

const album = createRoute({ getParentRoute: () => app, path: "/albums/$albumId", component: lazyRouteComponent(() => import("@/features/album/AlbumPage")) });
const artist = createRoute({ getParentRoute: () => app, path: "/artists/$artistId", component: lazyRouteComponent(() => import("@/features/artist/ArtistPage")) });
const search = createRoute({ getParentRoute: () => app, path: "/search", validateSearch: searchSearch, component: lazyRouteComponent(() => import("@/features/search/SearchPage")) });
const playlists = createRoute({ getParentRoute: () => app, path: "/playlists", validateSearch: playlistsSearch, component: lazyRouteComponent(() => import("@/features/playlists/PlaylistsPage")) });
const playlist = createRoute({ getParentRoute: () => app, path: "/playlists/$playlistId", component: lazyRouteComponent(() => import("@/features/playlists/PlaylistPage")) });
const newSmart = createRoute({ getParentRoute: () => app, path: "/playlists/smart/new", component: lazyRouteComponent(() => import("@/features/smart/NewSmartPage")) });
const rules = createRoute({ getParentRoute: () => app, path: "/playlists/$playlistId/rules", component: lazyRouteComponent(() => import("@/features/smart/RulesPage")) });
const imports = createRoute({ getParentRoute: () => app, path: "/playlists/imports", component: lazyRouteComponent(() => import("@/features/playlists/ImportsPage")) });
const oneImport = createRoute({ getParentRoute: () => app, path: "/playlists/imports/$importId", component: lazyRouteComponent(() => import("@/features/playlists/ImportPage")) });
const map = createRoute({ getParentRoute: () => app, path: "/map", validateSearch: mapSearch, component: lazyRouteComponent(() => import("@/features/map/MapPage")) });
const similar = createRoute({ getParentRoute: () => app, path: "/tracks/$trackId/similar", validateSearch: similarSearch, component: lazyRouteComponent(() => import("@/features/similar/SimilarPage")) });
const sets = createRoute({ getParentRoute: () => app, path: "/sets", component: lazyRouteComponent(() => import("@/features/sets/SetsPage")) });
const set = createRoute({ getParentRoute: () => app, path: "/sets/$setId", component: lazyRouteComponent(() => import("@/features/sets/SetPage")) });
const sheet = createRoute({ getParentRoute: () => app, path: "/sheet/$kind/$id", component: lazyRouteComponent(() => import("@/features/sheet/SheetPage")) });
const duplicates = createRoute({ getParentRoute: () => app, path: "/duplicates", component: lazyRouteComponent(() => import("@/features/duplicates/DuplicatesPage")) });
const prompt = createRoute({ getParentRoute: () => app, path: "/prompt", validateSearch: promptSearch, component: lazyRouteComponent(() => import("@/features/prompt/PromptPage")) });
const queue = createRoute({ getParentRoute: () => app, path: "/queue", component: lazyRouteComponent(() => import("@/features/queue/QueuePage")) });

const settings = createRoute({ getParentRoute: () => app, path: "/settings", component: lazyRouteComponent(() => import("@/features/settings/SettingsLayout")) });
const profile = createRoute({ getParentRoute: () => settings, path: "/", validateSearch: settingsSearch, component: lazyRouteComponent(() => import("@/features/settings/ProfileTab")) });
const appearance = createRoute({ getParentRoute: () => settings, path: "/appearance", component: lazyRouteComponent(() => import("@/features/settings/AppearanceTab")) });
const playback = createRoute({ getParentRoute: () => settings, path: "/playback", component: lazyRouteComponent(() => import("@/features/settings/PlaybackTab")) });
const devices = createRoute({ getParentRoute: () => settings, path: "/devices", component: lazyRouteComponent(() => import("@/features/settings/DevicesTab")) });
const apps = createRoute({ getParentRoute: () => settings, path: "/apps", component: lazyRouteComponent(() => import("@/features/settings/AppsTab")) });

const linkedServers = createRoute({ getParentRoute: () => settings, path: "/servers", component: lazyRouteComponent(() => import("@/features/settings/ServersTab")) });

const admin = createRoute({
  getParentRoute: () => app,
  path: "/admin",
  component: lazyRouteComponent(() => import("@/features/admin/AdminLayout")),
  beforeLoad: () => {
    const session = useSession.getState();
    if (session.status === "signed-in" && session.user.role !== "admin") throw redirect({ to: "/" });
  },
});
const adminTabs = [
  createRoute({ getParentRoute: () => admin, path: "/", component: lazyRouteComponent(() => import("@/features/admin/OverviewTab")) }),
  createRoute({ getParentRoute: () => admin, path: "/users", component: lazyRouteComponent(() => import("@/features/admin/UsersTab")) }),
  createRoute({ getParentRoute: () => admin, path: "/libraries", component: lazyRouteComponent(() => import("@/features/admin/LibrariesTab")) }),
  createRoute({ getParentRoute: () => admin, path: "/servers", component: lazyRouteComponent(() => import("@/features/admin/ServersTab")) }),
  createRoute({ getParentRoute: () => admin, path: "/playlist-files", component: lazyRouteComponent(() => import("@/features/admin/PlaylistFilesTab")) }),
  createRoute({ getParentRoute: () => admin, path: "/broken", component: lazyRouteComponent(() => import("@/features/admin/BrokenTab")) }),
  createRoute({ getParentRoute: () => admin, path: "/missing", component: lazyRouteComponent(() => import("@/features/admin/MissingTab")) }),
  createRoute({ getParentRoute: () => admin, path: "/analysis", component: lazyRouteComponent(() => import("@/features/admin/AnalysisTab")) }),
  createRoute({ getParentRoute: () => admin, path: "/jobs", component: lazyRouteComponent(() => import("@/features/admin/JobsTab")) }),
] as const;

const setup = createRoute({
  getParentRoute: () => root,
  path: "/setup",
  component: lazyRouteComponent(() => import("@/features/setup/SetupPage")),
  beforeLoad: () => {
    const session = useSession.getState();
    if (session.status === "signed-out" && !session.server.setup_required) throw redirect({ to: "/sign-in" });
    if (session.status === "signed-in" && session.user.role !== "admin") throw redirect({ to: "/" });
  },
});
const onlyOutside = () => {
  const session = useSession.getState();
  if (session.status === "signed-in") throw redirect({ to: "/" });
  if (session.status === "signed-out" && session.server.setup_required) throw redirect({ to: "/setup" });
};
const signIn = createRoute({ getParentRoute: () => root, path: "/sign-in", validateSearch: signInSearch, beforeLoad: onlyOutside, component: lazyRouteComponent(() => import("@/features/account/SignInPage")) });
const signUp = createRoute({ getParentRoute: () => root, path: "/sign-up", validateSearch: signUpSearch, beforeLoad: onlyOutside, component: lazyRouteComponent(() => import("@/features/account/SignUpPage")) });

/** What a link opens, for whoever has it; the token behind # never leaves the page but in one request. */
const share = createRoute({ getParentRoute: () => root, path: "/share", component: lazyRouteComponent(() => import("@/features/playlists/SharePage")) });

const routeTree = root.addChildren([
  inside.addChildren([app.addChildren([home, library.addChildren([libraryIndex, albums, artists, tracks, genres]), album, artist, search, playlists, playlist, newSmart, rules, imports, oneImport, map, similar, sets, set, sheet, duplicates, prompt, queue, settings.addChildren([profile, appearance, playback, devices, apps, linkedServers]), admin.addChildren(adminTabs)]), nowPlaying]),
  setup,
  signIn,
  signUp,
  share,
]);

const nowPlayingPath = /\/now-playing$/;
/** Only opening and closing now playing travels, and only where the browser can tell one transition from another. */
const travels = typeof CSS !== "undefined" && CSS.supports("selector(:active-view-transition-type(a))");
const calm = (): boolean => window.matchMedia("(prefers-reduced-motion: reduce)").matches;

export const router = createRouter({
  routeTree,
  basepath: new URL(document.baseURI).pathname,
  scrollRestoration: true,
  scrollToTopSelectors: ["#main"],
  defaultPreload: "intent",
  defaultPreloadDelay: 80,
  defaultPendingMs: 400,
  defaultViewTransition: travels && {
    types: ({ fromLocation, toLocation }) => (fromLocation && nowPlayingPath.test(fromLocation.pathname) !== nowPlayingPath.test(toLocation.pathname) && !calm() ? ["now-playing"] : false),
  },
});

declare module "@tanstack/react-router" {
  interface Register {
    router: typeof router;
  }
}

/** Signing in and out moves between the two halves of the tree, and gives or takes the player. */
export function startRouting(): void {
  useSession.subscribe((session, before) => {
    if (session.status === before.status) return;
    if (session.status === "signed-in") startPlayer(session.user.id);
    if (before.status === "signed-in") stopPlayer();
    if (before.status !== "starting") void router.invalidate();
  });
  // A new page begins at its heading for those who do not see it.
  let path: string | null = null;
  router.subscribe("onResolved", ({ toLocation }) => {
    const moved = path !== null && path !== toLocation.pathname;
    path = toLocation.pathname;
    const main = document.getElementById("main");
    // A page that has put the focus somewhere itself (the search box) keeps it.
    if (moved && !main?.contains(document.activeElement)) main?.focus({ preventScroll: true });
  });
}
