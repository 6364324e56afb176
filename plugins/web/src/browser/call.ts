import { WebClientError } from "./error.ts";

/** A request below the connection's path. */
export type Call = (path: string, init?: RequestInit) => Promise<Response>;

export interface CallSetup {
  /** The connection's own path: `https://wend.example/c/<connection id>`. */
  readonly url: string;
  /** Gives the customer's token; `refused` is true when the last one was not taken. */
  token(refused: boolean): Promise<string> | string;
}

/** Calls with the customer's token, and once more with a new one where it is not taken. */
export function createCall({ url, token }: CallSetup): Call {
  const base = url.replace(/\/$/, "");
  let kept: Promise<string> | undefined;
  const ask = async (path: string, init: RequestInit, refused: boolean): Promise<Response> => {
    if (refused) kept = undefined;
    kept ??= Promise.resolve(token(refused)).catch((error) => {
      kept = undefined;
      throw error;
    });
    const headers = { ...(init.headers as object), authorization: `Bearer ${await kept}` };
    return fetch(base + path, { ...init, headers }).catch((error) => {
      throw init.signal?.aborted ? error : new WebClientError(0, "client.no_answer");
    });
  };
  return async (path, init = {}) => {
    let response = await ask(path, init, false);
    if (response.status === 401) response = await ask(path, init, true);
    if (response.ok || response.status === 304) return response;
    throw new WebClientError(response.status, await codeOf(response));
  };
}

const codeOf = (response: Response): Promise<string> =>
  response.json().then(
    (body) => String((body as { code?: unknown }).code),
    () => "client.bad_answer",
  );
