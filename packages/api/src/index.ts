export type { ApiContext, ApiRuntime } from "./context.ts";
export { createContext } from "./context.ts";
export type { ApiErrorShape, WendErrorData } from "./errors/error-shape.ts";
export type { AppRouter } from "./root.ts";
export { appRouter } from "./root.ts";
export type { ApiScope } from "./scope.ts";
export { apiScopes } from "./scope.ts";
export type { ApiMeta } from "./trpc.ts";
