export type { DeliverHandler } from "./deliver-role.ts";
export type { Roles } from "./roles.ts";
export { parseRoles } from "./roles.ts";
export type { Worker, WorkerHealth, WorkerOptions } from "./worker.ts";
export { createWorker } from "./worker.ts";
