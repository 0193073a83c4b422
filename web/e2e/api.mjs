// The server's REST API, asked from inside a page: with its cookies, as the app does.

/** What `path` answers, null for nothing. With a `body` it is a POST unless `method` says otherwise; a refusal throws. */
export function api(page, server, path, body, method = body === undefined ? "GET" : "POST") {
  return page.evaluate(
    async ([address, verb, sent]) => {
      const csrf = document.cookie.match(/resonance_csrf=([^;]*)/)?.[1] ?? "";
      const headers = { "Content-Type": "application/json", "X-CSRF-Token": csrf };
      const answer = await fetch(address, { method: verb, headers, ...(sent === null ? {} : { body: JSON.stringify(sent) }) });
      if (!answer.ok) throw new Error(`${address}: ${answer.status} ${await answer.text()}`);
      return answer.status === 204 ? null : answer.json();
    },
    [new URL(`api/v1/${path}`, server.url).href, method, body ?? null],
  );
}
