import { http, HttpResponse, ws } from "msw";
import { setupServer } from "msw/node";
import { answer, freshState, type FakeState } from "./fakeServer";

export let state: FakeState = freshState();
export const resetState = (): void => {
  state = freshState();
};

export const server = setupServer(
  // A socket over which nothing comes.
  ws.link("*/ws").addEventListener("connection", () => undefined),
  http.all("*/api/v1/*", async ({ request }) => {
    const url = new URL(request.url);
    const text = await request.text();
    const { status, body, bytes } = answer(request.method, url.pathname.split("/api/v1/")[1] ?? "", url.searchParams, text ? JSON.parse(text) : {}, state);
    if (bytes) return new HttpResponse(bytes, { status, headers: { "content-type": "application/octet-stream" } });
    return body === undefined ? new HttpResponse(null, { status }) : HttpResponse.json(body as object, { status });
  }),
);
