import { http, HttpResponse } from "msw";
import { describe, expect, it, vi } from "vitest";
import { server } from "@/test/msw";
import { api, queryString, whenSessionIsLost } from "./client";
import { Problem } from "./problem";

describe("api", () => {
  it("sends the CSRF token with everything but GET", async () => {
    document.cookie = "resonance_csrf=abc%20d";
    const seen: (string | null)[] = [];
    server.use(
      http.all("*/api/v1/echo", ({ request }) => {
        seen.push(request.headers.get("x-csrf-token"));
        return HttpResponse.json({});
      }),
    );
    await api.get("echo");
    await api.post("echo");
    await api.delete("echo");
    expect(seen).toEqual([null, "abc d", "abc d"]);
  });

  it("refreshes once for all who were refused at the same time, then tries again", async () => {
    let fresh = false;
    const refresh = vi.fn();
    server.use(
      http.get("*/api/v1/thing", () => (fresh ? HttpResponse.json({ ok: true }) : HttpResponse.json({ code: "session_expired" }, { status: 401 }))),
      http.post("*/api/v1/auth/refresh", () => {
        refresh();
        fresh = true;
        return HttpResponse.json({});
      }),
    );
    const answers = await Promise.all([api.get("thing"), api.get("thing"), api.get("thing")]);
    expect(answers).toEqual([{ ok: true }, { ok: true }, { ok: true }]);
    expect(refresh).toHaveBeenCalledOnce();
  });

  it("tells once that the session is over when the refresh is refused", async () => {
    const lost = vi.fn();
    whenSessionIsLost(lost);
    server.use(
      http.get("*/api/v1/thing", () => HttpResponse.json({ code: "session_expired", title: "Signed out" }, { status: 401 })),
      http.post("*/api/v1/auth/refresh", () => HttpResponse.json({}, { status: 401 })),
    );
    await expect(api.get("thing")).rejects.toMatchObject({ status: 401, code: "session_expired" });
    expect(lost).toHaveBeenCalledOnce();
  });

  it("a silent network is a problem of its own, not a sign-out", async () => {
    const lost = vi.fn();
    whenSessionIsLost(lost);
    server.use(http.get("*/api/v1/thing", () => HttpResponse.error()));
    await expect(api.get("thing")).rejects.toMatchObject({ code: "network", offline: true });
    expect(lost).not.toHaveBeenCalled();
  });

  it("reads problem+json", async () => {
    server.use(http.post("*/api/v1/thing", () => HttpResponse.json({ title: "Invalid", detail: "Too short.", code: "invalid", field: "name", request_id: "r1" }, { status: 422 })));
    const problem = await api.post("thing").catch((error: unknown) => error);
    expect(problem).toBeInstanceOf(Problem);
    expect(problem).toMatchObject({ message: "Too short.", field: "name", requestId: "r1", status: 422 });
  });

  it("leaves empty values out of the query", () => {
    expect(queryString({ a: 1, b: undefined, c: null, d: "", e: false })).toBe("?a=1&e=false");
  });
});
