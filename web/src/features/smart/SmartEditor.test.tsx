import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { act, fireEvent, render, screen, waitFor, within } from "@testing-library/react";
import { http, HttpResponse } from "msw";
import { useEffect, useState } from "react";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { draftOf, ruleOf, type Draft, type Rule } from "@/media/rules/rule";
import type { RuleField } from "@/media/rules/words";
import { tracks } from "@/test/fakeData";
import { server } from "@/test/msw";
import type { Fault } from "./context";
import { SmartEditor } from "./SmartEditor";
import { useDraft } from "./useDraft";

const text = ["is", "is_not", "contains", "not_contains", "missing", "present"] as const;
const number = ["is", "less", "at_least", "between", "missing", "present"] as const;
const field = (name: string, kind: RuleField["kind"], operators: readonly string[], more: Partial<RuleField> = {}): [string, RuleField] => [
  name,
  { name, kind, operators, label: name, group: "music", unit: null, sortable: true, suggests: false, ...more },
];
const fields = new Map([
  field("genre", "text", text, { suggests: true }),
  field("bpm", "number", number, { unit: "BPM", group: "measured" }),
  field("liked", "flag", ["is"], { group: "own" }),
  field("added", "date", ["on", "in_last", "not_in_last"]),
  field("sounds_like", "sounds_like", ["is", "is_not"], { group: "other", sortable: false }),
]);

let asked: Rule[] = [];
let draft: Draft;
let refuse: (fault: Fault) => void;
function Bench({ rule, onDraft }: { rule: Rule; onDraft: (draft: Draft) => void }) {
  const edit = useDraft(() => draftOf(rule));
  const [refused, setRefused] = useState<Fault | null>(null);
  useEffect(() => {
    refuse = setRefused;
  }, []);
  useEffect(() => onDraft(edit.draft), [onDraft, edit.draft]);
  return <SmartEditor fields={fields} names={{}} onName={() => undefined} playlistId={null} edit={edit} refused={refused} head={<h1>Test</h1>} />;
}
const keep = (now: Draft): void => {
  draft = now;
};
const start = (match: Rule["match"], more: Partial<Rule> = {}): void => {
  const client = new QueryClient({ defaultOptions: { queries: { retry: false } } });
  render(
    <QueryClientProvider client={client}>
      <Bench rule={{ match, sort: [], limit: null, seed: null, ...more }} onDraft={keep} />
    </QueryClientProvider>,
  );
};
const match = (): Rule["match"] => ruleOf(draft).match;
const choose = (label: string, value: string): void => void fireEvent.change(screen.getByLabelText(label), { target: { value } });

beforeEach(() => {
  asked = [];
  server.use(
    http.post("*/api/v1/rules/preview", async ({ request }) => {
      const body = (await request.json()) as { rule?: Rule; text?: string };
      if (body.text === "odd") return HttpResponse.json({ code: "invalid", detail: "There is no field odd." }, { status: 422 });
      const rule = body.rule ?? { match: { all: [{ field: "liked", op: "is", value: true }] }, sort: [], limit: null, seed: null };
      asked.push(rule);
      return HttpResponse.json({ count: 268, kept: 40, duration_s: 600, rule, sentence: "", text: "genre:x", names: {}, unknown: [], items: tracks.slice(0, 3), took_ms: 14 });
    }),
    http.get("*/api/v1/rules/suggest", () => HttpResponse.json({ items: [{ value: "Ambient", tracks: 5 }] })),
  );
});

describe("the editor of rules", () => {
  it("asks for what is finished, and shows count and first tracks", async () => {
    start({ all: [{ field: "bpm", op: "less", value: 90 }, { field: "genre", op: "is", value: "" }] });
    const preview = within(screen.getByRole("complementary", { name: "Preview" }));
    expect(await preview.findByText("268")).toBeTruthy();
    expect(preview.getByText(/match, 40 kept/)).toBeTruthy();
    expect(preview.getAllByRole("listitem")).toHaveLength(3);
    expect(asked.at(-1)?.match).toEqual({ all: [{ field: "bpm", op: "less", value: 90 }] });
    expect(screen.getByTestId("sentence").textContent).toBe("Tracks slower than 90 BPM.");
  });

  it("changes field, operator and value, and undoes them in steps", () => {
    start({ all: [{ field: "bpm", op: "less", value: 90 }] });
    choose("Operator, rule 1", "between");
    expect(match()).toEqual({ all: [] });
    choose("To, rule 1 (BPM)", "120");
    expect(match()).toEqual({ all: [{ field: "bpm", op: "between", value: [90, 120] }] });
    choose("Field, rule 1", "liked");
    choose("Operator, rule 1", "no");
    expect(match()).toEqual({ all: [{ field: "liked", op: "is", value: false }] });
    choose("Field, rule 1", "added");
    choose("Value, rule 1", "2");
    choose("Value, rule 1: unit", "weeks");
    expect(match()).toEqual({ all: [{ field: "added", op: "in_last", value: 14 }] });
    const undo = screen.getByRole("button", { name: "Undo" });
    for (let n = 0; n < 3; n += 1) fireEvent.click(undo); // number and unit of a value are one step
    expect(match()).toEqual({ all: [{ field: "liked", op: "is", value: true }] });
    fireEvent.keyDown(screen.getByLabelText("Field, rule 1"), { key: "z", ctrlKey: true });
    expect(match()).toEqual({ all: [{ field: "bpm", op: "between", value: [90, 120] }] });
    fireEvent.keyDown(screen.getByLabelText("Field, rule 1"), { key: "y", ctrlKey: true });
    expect(match()).toEqual({ all: [{ field: "liked", op: "is", value: true }] });
  });

  it("adds and removes lines and groups, and takes the focus along", () => {
    start({ all: [{ field: "liked", op: "is", value: true }] });
    fireEvent.click(screen.getByRole("button", { name: "Group" }));
    expect(document.activeElement).toBe(screen.getByLabelText("Field, rule 2"));
    choose("Field, rule 2", "liked");
    choose("Which rules of the group must be true", "none");
    expect(match()).toEqual({ all: [{ field: "liked", op: "is", value: true }, { not: { any: [{ field: "liked", op: "is", value: true }] } }] });
    fireEvent.keyDown(screen.getByLabelText("Field, rule 1"), { key: "ArrowDown", altKey: true });
    expect(screen.getByText("Now rule 1")).toBeTruthy();
    expect(draft.match.parts).toHaveLength(1);
    fireEvent.click(screen.getByRole("button", { name: "Remove the group" }));
    expect(match()).toEqual({ all: [] });
    expect(screen.getByText("Without a rule every track is in it.")).toBeTruthy();
  });

  it("takes a suggestion by the keyboard", async () => {
    start({ all: [{ field: "genre", op: "is", value: "" }] });
    const input = screen.getByLabelText("Value, rule 1");
    fireEvent.change(input, { target: { value: "am" } });
    await screen.findByRole("option", { name: /Ambient/ });
    fireEvent.keyDown(input, { key: "ArrowDown" });
    fireEvent.keyDown(input, { key: "Enter" });
    expect(match()).toEqual({ all: [{ field: "genre", op: "is", value: "Ambient" }] });
  });

  it("an unfinished likeness is not asked for", async () => {
    start({ all: [{ field: "liked", op: "is", value: true }] });
    choose("Field, rule 1", "sounds_like");
    expect(match()).toEqual({ all: [] });
    await waitFor(() => expect(asked.at(-1)?.match).toEqual({ all: [] }));
  });

  it("orders and limits; a shuffle has a seed and another one a new one", () => {
    start({ all: [] });
    fireEvent.change(screen.getByLabelText("Limit"), { target: { value: "40" } });
    choose("What the limit counts", "minutes");
    fireEvent.click(screen.getByRole("button", { name: "Order" }));
    choose("Order 1", "random");
    const { seed, limit, sort } = ruleOf(draft);
    expect([limit, sort, typeof seed]).toEqual([{ minutes: 40 }, [{ by: "random", descending: false }], "number"]);
    fireEvent.click(screen.getByRole("button", { name: "Another shuffle" }));
    expect(ruleOf(draft).seed).not.toBe(seed);
    fireEvent.click(screen.getByRole("button", { name: "Remove order 1" }));
    expect(ruleOf(draft)).toMatchObject({ sort: [], seed: null });
  });

  const sentBack = (path: string, detail: string): void =>
    server.use(
      http.post("*/api/v1/rules/preview", async ({ request }) => {
        const { rule } = (await request.json()) as { rule: Rule };
        if (JSON.stringify(rule).includes("[140,120]")) return HttpResponse.json({ code: "invalid", detail, field: path }, { status: 422 });
        return HttpResponse.json({ count: 1, kept: 1, duration_s: 60, rule, sentence: "", text: "", names: {}, unknown: [], items: tracks.slice(0, 1), took_ms: 1 });
      }),
    );

  it("shows a fault at its condition, which the preview leads to", async () => {
    const liked = { field: "liked", op: "is", value: true };
    const unfinished = { field: "genre", op: "is", value: "" };
    sentBack("rule.match.all[1].not.any[0].value", "The first end must not be above the second one.");
    start({ all: [unfinished, liked, { not: { any: [unfinished, { field: "bpm", op: "between", value: [140, 120] }] } }] });
    const line = within(screen.getByRole("group", { name: "Rule 4" }));
    const note = await line.findByText("The first end must not be above the second one.");
    const from = screen.getByLabelText("From, rule 4 (BPM)");
    expect(from.getAttribute("aria-invalid")).toBe("true");
    expect(from.getAttribute("aria-describedby")).toBe(note.id);
    expect(screen.getByLabelText("Field, rule 4").getAttribute("aria-invalid")).toBeNull();
    expect(document.querySelectorAll("[aria-invalid]")).toHaveLength(2); // both ends, nothing else
    fireEvent.click(screen.getByRole("button", { name: "Show where" }));
    expect(document.activeElement).toBe(from);
    choose("From, rule 4 (BPM)", "100");
    await waitFor(() => expect(line.queryByText(/The first end/)).toBeNull());
    expect(document.querySelector("[aria-invalid]")).toBeNull();
  });

  it("goes to the place that a save was refused for, from the text too", async () => {
    start({ all: [{ field: "liked", op: "is", value: true }] }, { sort: [{ by: "genre", descending: false }] });
    fireEvent.click(screen.getByRole("button", { name: "Edit as text" }));
    expect(screen.queryByLabelText("Field, rule 1")).toBeNull();
    act(() => refuse({ text: "Not that one.", place: { id: draft.match.parts[0]?.id ?? "", of: "field" } }));
    expect(document.activeElement).toBe(screen.getByLabelText("Field, rule 1"));
    act(() => refuse({ text: "Not sorted by that.", place: { id: "sort 0", of: null } }));
    expect(document.activeElement).toBe(screen.getByLabelText("Order 1"));
    expect(screen.getByText("Not sorted by that.")).toBeTruthy();
    await screen.findByText("268");
  });

  it("cancels a preview that is outdated, and never shows its answer", async () => {
    const cancelled = vi.fn();
    let answerFirst = (): void => undefined;
    server.use(
      http.post("*/api/v1/rules/preview", async ({ request }) => {
        const { rule } = (await request.clone().json()) as { rule: Rule };
        const slow = JSON.stringify(rule).includes("90");
        if (slow) {
          request.signal.addEventListener("abort", cancelled);
          await new Promise<void>((resolve) => {
            answerFirst = resolve;
          });
        }
        const count = slow ? 90 : 268;
        return HttpResponse.json({ count, kept: count, duration_s: 60, rule, sentence: "", text: "", names: {}, unknown: [], items: tracks.slice(0, 1), took_ms: 1 });
      }),
    );
    start({ all: [{ field: "bpm", op: "less", value: 90 }] });
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(cancelled).not.toHaveBeenCalled();
    choose("Value, rule 1 (BPM)", "100");
    expect(await screen.findByText("268")).toBeTruthy();
    expect(cancelled).toHaveBeenCalledOnce();
    answerFirst();
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(screen.queryByText("90")).toBeNull();
    expect(screen.getByText("268")).toBeTruthy();
  });

  it("reads what is typed, and keeps the rule while that makes no sense", async () => {
    start({ all: [{ field: "genre", op: "is", value: "x" }] });
    fireEvent.click(screen.getByRole("button", { name: "Edit as text" }));
    const area = screen.getByLabelText("Rule as text");
    fireEvent.change(area, { target: { value: "odd" } });
    expect((await screen.findByRole("alert")).textContent).toBe("There is no field odd.");
    expect(match()).toEqual({ all: [{ field: "genre", op: "is", value: "x" }] });
    fireEvent.change(area, { target: { value: "liked:yes" } });
    await waitFor(() => expect(match()).toEqual({ all: [{ field: "liked", op: "is", value: true }] }));
    expect(screen.queryByRole("alert")).toBeNull();
  });
});
