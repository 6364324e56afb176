import { fetchRequestHandler } from "@trpc/server/adapters/fetch";
import type { ApiRuntime } from "@wend/api";
import { appRouter, createContext } from "@wend/api";

export function answer(runtime: ApiRuntime, req: Request): Promise<Response> {
  const context = () => createContext(runtime, req);
  return fetchRequestHandler({ endpoint: "/trpc", router: appRouter, req, createContext: context, maxBatchSize: 20 });
}
