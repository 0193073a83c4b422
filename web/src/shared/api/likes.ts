import { useMutation, useQueryClient } from "@tanstack/react-query";
import { i18n } from "@lingui/core";
import { toast } from "@/shared/ui/toast";
import { api } from "./client";
import { patchEverywhere } from "./patch";
import type { Id, Kind } from "./types";

interface Like {
  kind: Kind;
  id: Id;
  liked: boolean;
}

/** The heart answers at once; if the server refuses, it goes back and says so. */
export function useLike() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ kind, id, liked }: Like) => (liked ? api.put(`likes/${kind}/${id}`) : api.delete(`likes/${kind}/${id}`)),
    onMutate: ({ kind, id, liked }) => patchEverywhere(client, kind, id, { liked }),
    onError: (_error, { kind, id, liked }) => {
      patchEverywhere(client, kind, id, { liked: !liked });
      toast({ text: i18n.t("The like could not be saved.") });
    },
  });
}
