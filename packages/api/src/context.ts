import type { Credential, Runtime } from "@wend/core";
import { verifyApiKey } from "@wend/core";
import { keyOfHeader } from "./http/key-of-header.ts";
import { requestIdOf } from "./http/request-id.ts";

/** What the API needs of a process. */
export type ApiRuntime = Pick<
  Runtime,
  "store" | "accept" | "plugins" | "secrets" | "suppressions" | "customerTokens" | "allowPrivate" | "publicUrl" | "log"
> & { readonly queues: Pick<Runtime["queues"], "wake"> };

/** What a procedure knows of a request before its key is checked. */
export interface ApiContext {
  readonly runtime: ApiRuntime;
  /** Under which the request is logged, and which an unexpected error shows. */
  readonly requestId: string;
  /** Whom the request's key speaks for, asked once a request. Throws `auth.missing_key`, `auth.invalid_key`. */
  authenticate(): Promise<Credential>;
}

/** The context of one request. The key is checked by the first procedure, so that its fault is answered like any other. */
export function createContext(runtime: ApiRuntime, request: Request): ApiContext {
  let credential: Promise<Credential> | undefined;
  return {
    runtime,
    requestId: requestIdOf(request.headers.get("x-request-id") ?? undefined),
    authenticate: () => {
      credential ??= verifyApiKey(runtime.store, keyOfHeader(request.headers.get("authorization") ?? undefined));
      return credential;
    },
  };
}
