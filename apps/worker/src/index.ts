export type { DeliverHandler, StartPolls } from "./deliver-role.ts";
export type { Roles } from "./roles.ts";
export { parseRoles } from "./roles.ts";
export { runtimeHandlers } from "./runtime-handlers.ts";
export type { Worker, WorkerHandlers, WorkerHealth, WorkerOptions } from "./worker.ts";
export { createWorker } from "./worker.ts";
