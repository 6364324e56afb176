export type {
  Accepted,
  ActionCall,
  ActionHandler,
  ActionItem,
  ActionManifest,
  AddressKind,
  BatchHandler,
  BatchResult,
  Purpose,
  TemplateKind,
} from "./contract/action.ts";
export type {
  CheckResult,
  LookupResult,
  PluginConnection,
  PluginConnectionMethods,
  Preview,
  PreviewAsked,
} from "./contract/connection.ts";
export type {
  Blob,
  ChangesAsked,
  CustomerDelivery,
  DeliveriesAsked,
  LinkData,
  PluginBlobs,
  PluginDeliveries,
  PluginHost,
  PluginLinks,
  PluginLog,
  PluginState,
  TcpTarget,
} from "./contract/host.ts";
export type {
  Customer,
  Facts,
  Polled,
  Received,
  Served,
  ServeRequest,
  WebhookProof,
  WebhookRequest,
} from "./contract/incoming.ts";
export { type ActionManifests, CONTRACT, type PluginManifest } from "./contract/manifest.ts";
export type { Plugin } from "./contract/plugin.ts";
export {
  type Receipt,
  type ReceiptKind,
  type ReceiptSubject,
  receiptKinds,
  receiptSchema,
} from "./contract/receipt.ts";
export {
  type Signal,
  type SignalManifest,
  type SignalManifests,
  type SignalSubject,
  signalSchema,
} from "./contract/signal.ts";
export { type Dedupe, type ResolvedDedupe, resolveDedupe } from "./dedupe.ts";
export { defineAction, defineManifest, definePlugin } from "./define.ts";
export {
  type EmailAddress,
  type EmailFault,
  type EmailMatch,
  matchEmailAddress,
  parseEmailAddress,
} from "./email-address.ts";
export { type ErrorCode, errorTable, type RetryPolicy } from "./error-table.ts";
export { type Problem, toProblem, WendError, type WendErrorOptions } from "./errors.ts";
export { findHttpError, type HttpAnswer, toFetchError } from "./http-outcome.ts";
export { jsonPointer } from "./json-pointer.ts";
export { parseForeignJson } from "./parse-foreign-json.ts";
export { pluginProblemTable } from "./problem-table.ts";
export { parseRetryAfter } from "./retry-after.ts";
export { isStorable, storableText } from "./storable-text.ts";
export { validateConnection } from "./validate-connection.ts";
export { validateManifest } from "./validate-manifest.ts";
export { type EcdsaSigned, matchEcdsa } from "./webhook/match-ecdsa.ts";
export { type HmacSigned, matchHmac } from "./webhook/match-hmac.ts";
export { parseWebhookHeader } from "./webhook/parse-webhook-header.ts";
export { parseWebhookJson } from "./webhook/parse-webhook-json.ts";
export { parseWebhookTime } from "./webhook/parse-webhook-time.ts";
export { refuseWebhook } from "./webhook/refuse-webhook.ts";
export { verifyStandardWebhook } from "./webhook/verify-standard-webhook.ts";
export { webhookNonce } from "./webhook/webhook-nonce.ts";
