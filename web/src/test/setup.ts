import { i18n } from "@lingui/core";
import { beforeEach } from "vitest";
import { messages } from "@/locales/en";

beforeEach(() => {
  i18n.loadAndActivate({ locale: "en", messages });
  localStorage.clear();
});
