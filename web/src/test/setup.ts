import { i18n } from "@lingui/core";
import { cleanup } from "@testing-library/react";
import { afterAll, afterEach, beforeAll, beforeEach } from "vitest";
import { messages } from "@/locales/en";
import { resetState, server } from "./msw";

beforeAll(() => server.listen({ onUnhandledRequest: "error" }));
beforeEach(() => {
  i18n.loadAndActivate({ locale: "en", messages });
  localStorage.clear();
  resetState();
});
afterEach(() => {
  cleanup();
  server.resetHandlers();
});
afterAll(() => server.close());
