export {
  type Accepted,
  type ActionCall,
  type ActionHandler,
  type ActionManifest,
  type AddressKind,
  type CheckResult,
  CONTRACT,
  type LookupResult,
  type Plugin,
  type PluginConnection,
  type PluginConnectionMethods,
  type PluginHost,
  type PluginLog,
  type PluginManifest,
  type Purpose,
  type TemplateKind,
} from "./contract.ts";
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
export { pluginProblemTable } from "./problem-table.ts";
export { parseRetryAfter } from "./retry-after.ts";
export { validateConnection } from "./validate-connection.ts";
export { validateManifest } from "./validate-manifest.ts";
