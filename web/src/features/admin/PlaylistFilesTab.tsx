import { i18n } from "@lingui/core";
import { queryOptions, useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { api } from "@/shared/api/client";
import { queries } from "@/shared/api/queries";
import type { Items, PlaylistFile, PlaylistItem } from "@/shared/api/types";
import { count, moment } from "@/shared/lib/format";
import { Button } from "@/shared/ui/Button";
import { Field } from "@/shared/ui/Field";
import { Icon, type IconName } from "@/shared/ui/Icon";
import { EmptyState, ErrorState, SkeletonRows } from "@/shared/ui/states";
import "./playlist-files.css";

const step = 100;
const filesQuery = () => queryOptions({ queryKey: ["playlist-files"], queryFn: ({ signal }) => api.get<Items<PlaylistFile>>("playlist-files", undefined, signal).then((page) => page.items) });
const playlistsQuery = () => queryOptions({ queryKey: ["playlists"], queryFn: ({ signal }) => api.get<Items<PlaylistItem>>("playlists", undefined, signal).then((page) => page.items) });

interface State {
  title: string;
  about: string;
  icon: IconName;
  kind?: "danger" | "warning" | "success";
}
/** What is wrong comes first. */
const states = (): [string, State][] => [
  ["refused", { title: i18n.t("Not readable"), about: i18n.t("Mend the file; the next scan reads it again."), icon: "warn", kind: "danger" }],
  ["gone", { title: i18n.t("File gone"), about: i18n.t("The playlists stay as they were. A file that comes back is followed again."), icon: "warn", kind: "warning" }],
  ["follows", { title: i18n.t("Followed"), about: i18n.t("Each playlist is what its file says, after every scan. An edit of the playlist ends that."), icon: "check", kind: "success" }],
  ["edited", { title: i18n.t("Edited here"), about: i18n.t("These playlists were changed by hand and follow their files no more."), icon: "edit" }],
  ["dropped", { title: i18n.t("Playlist deleted"), about: i18n.t("The file is left alone until it changes."), icon: "minus" }],
];

/** The .m3u and .m3u8 files among the music, and the playlists that follow them. */
export default function PlaylistFilesTab() {
  const { data, error, isPending, refetch } = useQuery(filesQuery());
  const { data: libraries = [] } = useQuery(queries.libraries());
  const { data: lists = [] } = useQuery(playlistsQuery());
  const [text, setText] = useState("");
  if (isPending) return <SkeletonRows count={8} />;
  if (error && !data) return <ErrorState what={i18n.t("The playlist files could not be loaded")} error={error} onRetry={() => void refetch()} />;
  if (data.length === 0) {
    return (
      <EmptyState icon="list" title={i18n.t("No playlist file among the music")}>
        {i18n.t("Put .m3u or .m3u8 files into a library. After the next scan each is a playlist that follows its file.")}
      </EmptyState>
    );
  }
  const word = text.trim().toLocaleLowerCase();
  const found = data.filter((file) => !word || file.path.toLocaleLowerCase().includes(word));
  const libraryOf = (file: PlaylistFile): string => (libraries.length > 1 ? (libraries.find((one) => one.id === file.library_id)?.name ?? "") : "");
  return (
    <>
      <div className="adm-filter">
        <Field label={i18n.t("Find in paths")} type="search" value={text} autoComplete="off" onChange={(event) => setText(event.target.value)} />
      </div>
      <p className="sr" role="status">
        {word && i18n.t("{n, plural, one {# file} other {# files}}", { n: found.length })}
      </p>
      {states().map(([state, words]) => {
        const files = found.filter((file) => file.state === state);
        return files.length > 0 && <Group key={state} id={state} words={words} files={files} lists={lists} libraryOf={libraryOf} />;
      })}
      {found.length === 0 && <p className="t-3 adm-list">{i18n.t("No playlist file has these words in its path.")}</p>}
    </>
  );
}

function Group({ id, words, files, lists, libraryOf }: { id: string; words: State; files: readonly PlaylistFile[]; lists: readonly PlaylistItem[]; libraryOf: (file: PlaylistFile) => string }) {
  const [shown, setShown] = useState(step);
  return (
    <section className="sect" aria-labelledby={`files-${id}`}>
      <header>
        <h2 className="h-20" id={`files-${id}`}>
          {words.title} <span className="t-3 num">{count(files.length)}</span>
        </h2>
      </header>
      <p className="about">{words.about}</p>
      <ul>
        {files.slice(0, shown).map((file) => (
          <Row key={file.id} file={file} words={words} list={lists.find((one) => one.id === file.playlist_id)} library={libraryOf(file)} />
        ))}
      </ul>
      {files.length > shown && (
        <Button kind="quiet" onClick={() => setShown(shown + 200)}>
          {i18n.t("Show {n} more", { n: count(Math.min(200, files.length - shown)) })}
        </Button>
      )}
    </section>
  );
}

/** Sentences of the server in the reader's language. */
const noteWords = (note: string): string =>
  ({
    "Its file is no longer there. The playlist stays as it was.": "",
    "It leads out of the library.": i18n.t("It leads out of the library."),
    "This is no regular file.": i18n.t("This is no regular file."),
    "It cannot be read.": i18n.t("It cannot be read."),
  })[note] ?? note;

function Row({ file, words, list, library }: { file: PlaylistFile; words: State; list: PlaylistItem | undefined; library: string }) {
  const facts = [
    library,
    file.state === "refused" ? noteWords(file.note) : i18n.t("{n, plural, one {# entry} other {# entries}}", { n: file.entries }),
    file.state === "follows" && (file.missing > 0 ? i18n.t("{n} not here", { n: count(file.missing) }) : i18n.t("all here")),
    i18n.t("read {when}", { when: moment(file.read_at) }),
  ];
  return (
    <li className="lrow pf-row" data-kind={file.state === "follows" && file.missing > 0 ? "warning" : words.kind}>
      <Icon name={file.state === "follows" && file.missing > 0 ? "warn" : words.icon} />
      <span className="cut">
        <b>{file.path}</b>
        <small className="num">{facts.filter(Boolean).join(" · ")}</small>
      </span>
      <span className="lrow-act">
        {file.missing > 0 && file.report_id && list?.mine && (
          <Link className="btn" data-size="s" to="/playlists/imports/$importId" params={{ importId: file.report_id }}>
            {i18n.t("Settle")}
            <span className="sr"> {file.path}</span>
          </Link>
        )}
        {list && (
          <Link className="btn" data-kind="quiet" data-size="s" to="/playlists/$playlistId" params={{ playlistId: list.id }}>
            {i18n.t("Open playlist")}
            <span className="sr"> {list.name}</span>
          </Link>
        )}
      </span>
    </li>
  );
}
