import { WendError } from "@wend/plugin";

/** Headers of every answer: a plain object is written without a detour. */
export type AnswerHeaders = Record<string, string>;

const problemJson = "application/problem+json";

export interface ProblemOptions {
  readonly requestId: string;
  /** Members beyond those of the error. */
  readonly more?: Readonly<Record<string, unknown>>;
  readonly headers?: AnswerHeaders;
}

/** The one way an error becomes HTTP: RFC 9457, status by code, and when to try again. */
export function problem(error: WendError, { requestId, more, headers }: ProblemOptions): Response {
  const { code, status, fix, detail, pointer, problems } = error;
  const body = {
    type: `urn:wend:error:${code}`,
    title: error.message.slice(0, detail ? -detail.length - 1 : undefined),
    status,
    code,
    detail,
    pointer,
    fix,
    requestId,
    problems: problems && problems.length > 1 ? problems : undefined,
    ...more,
  };
  const own = { "content-type": problemJson, ...errorHeaders(error, requestId) };
  return new Response(JSON.stringify(body), { status, headers: { ...own, ...headers } });
}

/** What an error says in headers, whatever the body. */
export const errorHeaders = (error: WendError, requestId: string): AnswerHeaders => ({
  "x-request-id": requestId,
  ...waitHeader(error),
  ...keyHeader(error),
});

/** Anything thrown as the error to report: what is not ours tells nothing of itself. */
export function toWendError(thrown: unknown): WendError {
  return thrown instanceof WendError ? thrown : new WendError("internal.unexpected", { cause: thrown });
}

const waitHeader = ({ retry, retryAfterMs }: WendError): AnswerHeaders =>
  retry === "backoff" ? { "retry-after": String(Math.ceil((retryAfterMs ?? 1_000) / 1_000)) } : {};

// A browser would ask its reader for a password where only a key is missing, so that each 401 says what it wants.
const keyHeader = ({ code, status }: WendError): AnswerHeaders => {
  if (status !== 401) return {};
  const isToken = code === "auth.invalid_customer_token";
  return { "www-authenticate": isToken ? tokenChallenge : 'Basic realm="wend", charset="UTF-8"' };
};

const tokenChallenge = 'Bearer realm="wend", error="invalid_token"';
