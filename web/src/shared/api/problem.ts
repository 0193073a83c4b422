/** A failed request as the server told it (application/problem+json), or as the network refused it. */
export class Problem extends Error {
  readonly status: number;
  readonly code: string;
  readonly title: string;
  readonly field: string | null;
  readonly requestId: string | null;

  constructor(init: { status: number; code: string; title: string; detail?: string; field?: string; requestId?: string | null }) {
    super(init.detail ?? init.title);
    this.name = "Problem";
    this.status = init.status;
    this.code = init.code;
    this.title = init.title;
    this.field = init.field ?? null;
    this.requestId = init.requestId ?? null;
  }

  get offline(): boolean {
    return this.code === "network";
  }
}

interface Body {
  title?: string;
  detail?: string;
  code?: string;
  field?: string;
  request_id?: string;
}

export async function problemFrom(response: Response): Promise<Problem> {
  const body = ((await response.json().catch(() => null)) ?? {}) as Body;
  return new Problem({
    status: response.status,
    code: body.code ?? `http_${response.status}`,
    title: body.title ?? `HTTP ${response.status}`,
    requestId: body.request_id ?? response.headers.get("x-request-id"),
    ...(body.detail ? { detail: body.detail } : {}),
    ...(body.field ? { field: body.field } : {}),
  });
}

export const networkProblem = (): Problem => new Problem({ status: 0, code: "network", title: "The server does not answer" });
