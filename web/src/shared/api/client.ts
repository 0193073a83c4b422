import { networkProblem, problemFrom } from "./problem";

/** Everything is resolved against <base href>, so that the app lives under any sub-path. */
export const url = (path: string): string => new URL(path, document.baseURI).href;
export const apiUrl = (path: string): string => url(`api/v1/${path}`);

type Scalar = string | number | boolean | null | undefined;
export type Query = { readonly [key: string]: Scalar | readonly string[] };

export interface RequestOptions {
  query?: object;
  body?: unknown;
  signal?: AbortSignal | undefined;
  /** Lets the request outlive the page (plays, queue on leaving). */
  keepalive?: boolean;
  headers?: Readonly<Record<string, string>>;
}

const csrfToken = (): string => /(?:^|;\s*)resonance_csrf=([^;]*)/.exec(document.cookie)?.[1] ?? "";

export function queryString(query: object | undefined): string {
  const pairs = new URLSearchParams();
  for (const [key, value] of Object.entries((query ?? {}) as Query)) {
    if (typeof value === "object" && value !== null) value.forEach((one) => pairs.append(key, one));
    else if (value !== undefined && value !== null && value !== "") pairs.set(key, String(value));
  }
  const text = pairs.toString();
  return text && `?${text}`;
}

async function send(method: string, path: string, options: RequestOptions): Promise<Response> {
  const headers: Record<string, string> = { Accept: "application/json", ...options.headers };
  if (method !== "GET") headers["X-CSRF-Token"] = decodeURIComponent(csrfToken());
  const file = options.body instanceof Blob ? options.body : null;
  if (options.body !== undefined) headers["Content-Type"] = file ? "application/octet-stream" : "application/json";
  const init: RequestInit = { method, headers, credentials: "same-origin" };
  if (options.body !== undefined) init.body = file ?? JSON.stringify(options.body);
  if (options.signal) init.signal = options.signal;
  if (options.keepalive) init.keepalive = true;
  try {
    return await fetch(apiUrl(path) + queryString(options.query), init);
  } catch (error) {
    if (error instanceof DOMException && error.name === "AbortError") throw error;
    throw networkProblem();
  }
}

type Lost = () => void;
let onSessionLost: Lost = () => undefined;
export const whenSessionIsLost = (callback: Lost): void => {
  onSessionLost = callback;
};

let refreshing: Promise<boolean> | null = null;

/** One refresh for all who ask at the same time. False = the session is over; a silent network throws. */
export function refreshSession(): Promise<boolean> {
  refreshing ??= send("POST", "auth/refresh", { body: {} })
    .then((response) => response.ok)
    .finally(() => {
      refreshing = null;
    });
  return refreshing;
}

/** @throws Problem for every answer that is not 2xx, and for a network that does not answer. */
async function answered(method: string, path: string, options: RequestOptions): Promise<Response> {
  let response = await send(method, path, options);
  if (response.status === 401 && !path.startsWith("auth/")) {
    if (await refreshSession()) response = await send(method, path, options);
    if (response.status === 401) onSessionLost();
  }
  if (!response.ok) throw await problemFrom(response);
  return response;
}

async function request<T>(method: string, path: string, options: RequestOptions = {}): Promise<T> {
  const response = await answered(method, path, options);
  if (response.status === 204 || response.headers.get("content-length") === "0") return undefined as T;
  const text = await response.text();
  return (text ? JSON.parse(text) : undefined) as T;
}

export const api = {
  get: <T>(path: string, query?: object, signal?: AbortSignal) => request<T>("GET", path, { ...(query ? { query } : {}), signal }),
  /** What is not JSON. */
  bytes: (path: string, query?: object, signal?: AbortSignal) => answered("GET", path, { ...(query ? { query } : {}), signal }).then((response) => response.arrayBuffer()),
  post: <T>(path: string, body: unknown = {}, options: RequestOptions = {}) => request<T>("POST", path, { ...options, body }),
  put: <T>(path: string, body: unknown = {}, options: RequestOptions = {}) => request<T>("PUT", path, { ...options, body }),
  patch: <T>(path: string, body: unknown, options: RequestOptions = {}) => request<T>("PATCH", path, { ...options, body }),
  delete: <T>(path: string, body?: unknown, options: RequestOptions = {}) => request<T>("DELETE", path, body === undefined ? options : { ...options, body }),
};
