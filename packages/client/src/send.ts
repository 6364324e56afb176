import { noAnswer, readProblem } from "./problem-answer.ts";

/** Fetches with the key, and throws what is answered as a problem. */
export type Send = (url: string | URL | Request, init?: RequestInit) => Promise<Response>;

export function createSend(key: string, fetch: typeof globalThis.fetch): Send {
  return async (url, init = {}) => {
    const headers = new Headers(init.headers);
    headers.set("authorization", `Bearer ${key}`);
    const response = await fetch(url, { ...init, headers }).catch((cause) => {
      throw noAnswer(cause);
    });
    const problem = await readProblem(response);
    if (problem) throw problem;
    return response;
  };
}
