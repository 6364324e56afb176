import type { ErrorAnswer } from "./client-error.ts";
import { WendClientError } from "./client-error.ts";

type ProblemBody = ErrorAnswer & { readonly title?: string };

/** The error of an answer in `application/problem+json`; undefined when it is none. */
export async function readProblem(response: Response): Promise<WendClientError | undefined> {
  if (!response.headers.get("content-type")?.startsWith("application/problem+json")) return undefined;
  const body = (await response.json()) as ProblemBody;
  const wait = Number(response.headers.get("retry-after"));
  const message = [body.title, body.detail].filter(Boolean).join(" ");
  return new WendClientError(message, { ...body, ...(wait > 0 && { retryAfterMs: wait * 1_000 }) });
}

/** An answer that is not Wend's, as from a proxy in between. */
export function badAnswer(status: number | undefined, cause?: unknown): WendClientError {
  return new WendClientError("The answer is not one of Wend.", { code: "client.bad_answer", status }, cause);
}

/** No answer came. */
export function noAnswer(cause: unknown): WendClientError {
  return new WendClientError("No answer came from Wend.", { code: "client.no_answer" }, cause);
}
