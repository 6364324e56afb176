import type { HttpBindings } from "@hono/node-server";
import type { Context } from "hono";

/** Empty when the app is called without a server, as tests do. */
export type HostEnv = { Bindings: Partial<HttpBindings> };
export type HostContext = Context<HostEnv>;
