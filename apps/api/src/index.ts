export type { ApiApp, ApiAppOptions } from "./app.ts";
export { createApiApp } from "./app.ts";
export type { Readiness } from "./health/readiness.ts";
export type { ApiServer, ServeOptions } from "./serve.ts";
export { serveApi } from "./serve.ts";
export type { TrpcMount } from "./trpc/mount.ts";
