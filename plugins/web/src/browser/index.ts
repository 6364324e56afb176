export type { WebClient, WebClientOptions } from "./client.ts";
export { createWebClient } from "./client.ts";
export { WebClientError } from "./error.ts";
export type { Inbox, InboxMessage } from "./inbox.ts";
export type { PushOptions } from "./push.ts";
export { openNotification, showNotification } from "./service-worker.ts";
export type { Slots } from "./slots.ts";
