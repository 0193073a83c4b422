import { i18n } from "@lingui/core";
import { useLike } from "@/shared/api/likes";
import type { Id, Kind } from "@/shared/api/types";
import { IconButton } from "@/shared/ui/Button";

interface LikeButtonProps {
  kind: Kind;
  id: Id;
  name: string;
  liked: boolean;
  size?: "s";
  /** In a list the row is the tab stop and L the key. */
  inRow?: boolean;
}

export function LikeButton({ kind, id, name, liked, size, inRow }: LikeButtonProps) {
  const like = useLike();
  return (
    <IconButton
      icon={liked ? "heart-on" : "heart"}
      label={liked ? i18n.t("Unlike {name}", { name }) : i18n.t("Like {name}", { name })}
      pressed={liked}
      className="like"
      tabIndex={inRow ? -1 : 0}
      onClick={(event) => {
        event.stopPropagation();
        like.mutate({ kind, id, liked: !liked });
      }}
      {...(size ? { size } : {})}
    />
  );
}
