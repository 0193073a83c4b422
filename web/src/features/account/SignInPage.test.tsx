import { QueryClientProvider } from "@tanstack/react-query";
import { RouterProvider } from "@tanstack/react-router";
import { fireEvent, render, screen } from "@testing-library/react";
import { beforeEach, expect, it } from "vitest";
// The page is tested where it lives: behind the real routes and guards.
// eslint-disable-next-line no-restricted-imports
import { router, startRouting } from "@/app/router";
import { queryClient } from "@/shared/api/queryClient";
import { startSession, useSession } from "@/shared/api/session";
import { state } from "@/test/msw";

startRouting();

beforeEach(async () => {
  queryClient.clear();
  state.signedIn = false;
  await startSession();
});

function open(to: string, search: object = {}): void {
  // Settles only once the page is drawn, so it is not waited for here.
  void router.navigate({ to, search });
  render(
    <QueryClientProvider client={queryClient}>
      <RouterProvider router={router} />
    </QueryClientProvider>,
  );
}

const fill = (label: string, value: string): void => void fireEvent.change(screen.getByLabelText(label), { target: { value } });

it("sends the stranger to the door and says what is wrong", async () => {
  open("/library/albums");
  const button = await screen.findByRole("button", { name: "Sign in" });
  expect(router.state.location.pathname).toBe("/sign-in");
  expect(router.state.location.search).toEqual({ next: "/library/albums" });
  fireEvent.click(button);
  expect((await screen.findByRole("alert")).textContent).toBe("Enter a name.");
  fill("Name", "lena");
  fill("Password", "wrong-password");
  fireEvent.click(button);
  expect((await screen.findByText("Name or password is wrong.")).closest("[role=alert]")).not.toBeNull();
  expect((screen.getByLabelText("Name") as HTMLInputElement).value).toBe("lena");
});

it("lets in whoever knows the password, and shows the door again when the session is over", async () => {
  open("/sign-in");
  await screen.findByRole("button", { name: "Sign in" });
  fill("Name", "lena");
  fill("Password", "correct horse battery");
  fireEvent.click(screen.getByRole("button", { name: "Sign in" }));
  await screen.findByRole("heading", { name: /Lena/ }, { timeout: 4000 });
  expect(useSession.getState().status).toBe("signed-in");

  state.signedIn = false;
  await queryClient.invalidateQueries({ queryKey: ["home"] });
  await screen.findByText(/Your session has ended/, {}, { timeout: 4000 });
});

it("an invitation fills in its code", async () => {
  open("/sign-up", { invitation: "ABC" });
  expect(((await screen.findByLabelText("Invitation code")) as HTMLInputElement).value).toBe("ABC");
});
