import { randomUUID } from "node:crypto";
import type { Credential, Runtime } from "@wend/core";
import { verifyApiKey } from "@wend/core";
import { readKey } from "./read-key.ts";

/** What the API needs of a process. */
export type ApiRuntime = Pick<
  Runtime,
  "store" | "accept" | "plugins" | "secrets" | "suppressions" | "allowPrivate" | "log"
>;

/** What a procedure knows of a request before its key is checked. */
export interface ApiContext {
  readonly runtime: ApiRuntime;
  /** Under which the request is logged, and which an unexpected error shows. */
  readonly requestId: string;
  /** Whom the request's key speaks for, asked once a request. Throws `auth.missing_key`, `auth.invalid_key`. */
  authenticate(): Promise<Credential>;
}

const decentId = /^[\w.:-]{1,100}$/;

/** The context of one request. The key is checked by the first procedure, so that its fault is answered like any other. */
export function createContext(runtime: ApiRuntime, request: Request): ApiContext {
  const given = request.headers.get("x-request-id");
  let credential: Promise<Credential> | undefined;
  return {
    runtime,
    requestId: given !== null && decentId.test(given) ? given : randomUUID(),
    authenticate: () => {
      credential ??= verifyApiKey(runtime.store, readKey(request.headers));
      return credential;
    },
  };
}
