import { i18n } from "@lingui/core";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { Shelf } from "@/media/Shelf";
import { queries } from "@/shared/api/queries";
import { useUser } from "@/shared/api/session";
import { usePageLook } from "@/shared/hooks/scope";
import { useTitle } from "@/shared/hooks/useTitle";
import { EmptyState, ErrorState, SkeletonCovers } from "@/shared/ui/states";
import "./home.css";
import { Continue } from "./Continue";
import { ScanNote } from "./ScanNote";

function greeting(name: string, hour = new Date().getHours()): string {
  if (hour < 5) return i18n.t("Good night, {name}", { name });
  if (hour < 12) return i18n.t("Good morning, {name}", { name });
  if (hour < 18) return i18n.t("Good afternoon, {name}", { name });
  return i18n.t("Good evening, {name}", { name });
}

export default function HomePage() {
  const user = useUser();
  const { data, error, isPending, refetch } = useQuery(queries.home());
  const name = user.name.charAt(0).toUpperCase() + user.name.slice(1);
  usePageLook({ wash: "soft" });
  useTitle(i18n.t("Home"));
  const bare = data && !data.continue && data.recently_added.length === 0;

  return (
    <>
      <header className="row between">
        <h1 className="h-28">{greeting(name)}</h1>
      </header>
      <ScanNote />
      {isPending && <SkeletonCovers count={10} />}
      {error && <ErrorState what={i18n.t("Home could not be loaded")} error={error} onRetry={() => void refetch()} />}
      {data && (
        <>
          <Continue saved={data.continue} recent={data.recently_played} />
          {bare && (
            <EmptyState
              icon="folder"
              title={i18n.t("No music yet")}
              action={
                user.role === "admin" && (
                  <Link className="btn" to="/setup">
                    {i18n.t("Choose a music folder")}
                  </Link>
                )
              }
            >
              {user.role === "admin" ? i18n.t("Name the folder where your music is; Resonance reads it and changes nothing in it.") : i18n.t("As soon as the administrator adds music, it appears here.")}
            </EmptyState>
          )}
          {data.recently_added.length > 0 && (
            <Shelf
              title={i18n.t("Recently added")}
              albums={data.recently_added}
              eager
              whole={data.recently_played.length === 0 && data.most_played.length === 0}
              link={
                <Link to="/library/albums" search={{ sort: "added" }}>
                  {i18n.t("See all")}
                </Link>
              }
            />
          )}
          {data.recently_played.length > 0 && <Shelf title={i18n.t("Played lately")} albums={data.recently_played} />}
          {data.most_played.length > 0 && <Shelf title={i18n.t("What you play most")} albums={data.most_played} />}
        </>
      )}
    </>
  );
}
