export type { ClientOptions, WendClient } from "./client.ts";
export { createClient } from "./client.ts";
export type { ClientErrorCode } from "./client-error.ts";
export { WendClientError } from "./client-error.ts";
export type { BatchItem, EventClient, IdentifyCall, Rejection, TrackCall } from "./events.ts";
