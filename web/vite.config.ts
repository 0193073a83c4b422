import react from "@vitejs/plugin-react";
import { defineConfig } from "vitest/config";

const server = process.env.RESONANCE_URL ?? "http://127.0.0.1:8080";

export default defineConfig({
  // Relative, because the server decides the sub-path through <base href>.
  base: "./",
  plugins: [react()],
  resolve: { alias: { "@": new URL("./src", import.meta.url).pathname } },
  server: {
    host: "127.0.0.1",
    proxy: { "/api": server, "/stream": server, "/download": server, "/ws": { target: server, ws: true } },
  },
  build: {
    outDir: "../src/resonance/webapp",
    emptyOutDir: true,
    target: "es2022",
    // The accent is oklch() of variables and cannot be spelled out for older browsers; without this the neutrals would be, three times each.
    cssTarget: ["chrome111", "firefox113", "safari16.4"],
    // A data: font or picture would need a wider Content-Security-Policy.
    assetsInlineLimit: 0,
    manifest: true,
  },
  test: {
    environment: "happy-dom",
    setupFiles: ["src/test/setup.ts"],
    include: ["src/**/*.test.{ts,tsx}"],
    restoreMocks: true,
  },
});
