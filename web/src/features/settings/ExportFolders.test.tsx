import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { fireEvent, render, screen, waitFor } from "@testing-library/react";
import { expect, it } from "vitest";
import { startSession } from "@/shared/api/session";
import { server } from "@/test/msw";
import { ExportFolders, rulesOf } from "./ExportFolders";

it("keeps where the music lies elsewhere in the account", async () => {
  await startSession();
  const sent: unknown[] = [];
  server.events.on("request:start", ({ request }) => {
    if (request.method === "PATCH") void request.clone().json().then((body: unknown) => sent.push(body));
  });
  render(
    <QueryClientProvider client={new QueryClient()}>
      <ExportFolders />
    </QueryClientProvider>,
  );
  const field = await screen.findByRole("textbox", { name: /lies there in/ });
  const save = screen.getByRole<HTMLButtonElement>("button", { name: "Save" });
  expect(save.disabled).toBe(true);
  fireEvent.change(field, { target: { value: " D:/Music " } });
  fireEvent.click(save);
  await waitFor(() => expect(sent).toHaveLength(1));
  expect(sent[0]).toMatchObject({ preferences: { export_folders: [{ to: "D:/Music" }] } });
});

it("reads only what is a rule", () => {
  expect(rulesOf([{ from: "/a", to: "b" }, null, { from: 1, to: "x" }, "y"])).toEqual([{ from: "/a", to: "b" }]);
  expect(rulesOf(undefined)).toEqual([]);
});
