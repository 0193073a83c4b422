import js from "@eslint/js";
import a11y from "eslint-plugin-jsx-a11y";
import hooks from "eslint-plugin-react-hooks";
import tseslint from "typescript-eslint";

/** Which folder may import which. A folder not named here may be imported by everyone. */
const forbid = (files, patterns) => ({
  files,
  rules: { "no-restricted-imports": ["error", { patterns }] },
});
const group = (names, message) => ({ group: names, message });

export default tseslint.config(
  { ignores: ["src/locales/*.ts", "dist", "node_modules"] },
  js.configs.recommended,
  ...tseslint.configs.strict,
  {
    files: ["src/**/*.{ts,tsx}"],
    plugins: { "react-hooks": hooks, "jsx-a11y": a11y },
    rules: {
      ...hooks.configs["recommended-latest"]?.rules,
      "react-hooks/rules-of-hooks": "error",
      "react-hooks/exhaustive-deps": "error",
      // The virtualiser's functions change on purpose; nothing here relies on the compiler's memoising.
      "react-hooks/incompatible-library": "off",
      ...a11y.flatConfigs.strict.rules,
      // Rows are focusable grid rows and sliders are real sliders; axe checks the result in the browser.
      "jsx-a11y/no-noninteractive-tabindex": ["error", { tags: [], roles: ["tabpanel", "row", "grid"] }],
      "jsx-a11y/interactive-supports-focus": "off",
      "jsx-a11y/no-noninteractive-element-to-interactive-role": "off",
      "@typescript-eslint/consistent-type-imports": "error",
      "@typescript-eslint/no-non-null-assertion": "error",
    },
  },
  forbid(["src/shared/**"], [group(["@/player/*", "@/media/*", "@/features/*", "@/app/*"], "shared knows nobody above it")]),
  forbid(["src/player/**"], [group(["@/media/*", "@/features/*", "@/app/*"], "player knows only shared")]),
  forbid(["src/media/**"], [group(["@/features/*", "@/app/*"], "media knows only player and shared")]),
  forbid(["src/features/**"], [group(["@/features/*", "@/app/*"], "features do not know each other or the app; use relative imports inside a feature")]),
  {
    files: ["scripts/**", "tests/**", "e2e/**", "*.js"],
    languageOptions: { globals: { console: "readonly", process: "readonly", URL: "readonly", fetch: "readonly", setTimeout: "readonly", document: "readonly", window: "readonly", HTMLMediaElement: "readonly", Buffer: "readonly", performance: "readonly", PerformanceObserver: "readonly", requestAnimationFrame: "readonly", localStorage: "readonly" } },
  },
);
