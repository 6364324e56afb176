export type { AuthoredDefinition, AuthoredJourney } from "./author/authored-journey.ts";
export type { AuthorConnections, AuthorManifest, AuthorRoutes, Callable, CallableOf } from "./author/callable.ts";
export { type Authoring, type AuthoringOptions, createAuthoring } from "./author/create-authoring.ts";
export { type PluggedMember, type SharedActions, shareActions } from "./catalog/shared-actions.ts";
export { parseJourney } from "./check/parse.ts";
export type { JourneyProblem } from "./check/problem.ts";
export { type ProblemCode as JourneyProblemCode, problemTable as journeyProblemTable } from "./check/table.ts";
export { validateJourney } from "./check/validate.ts";
export { type CompileOptions, compileJourney } from "./compile/compile.ts";
export type {
  CompiledEntry,
  CompiledExit,
  CompiledNode,
  CompiledTrigger,
  CompiledVersion,
  Needs,
} from "./compile/types.ts";
export { type ExitNowInput, resolveExitNow } from "./decide/conditions.ts";
export { decide } from "./decide/decide.ts";
export { decideEntry, decideHeldEntry, matchesTrigger } from "./decide/entry.ts";
export type {
  EntryDecision,
  EntryInput,
  HeldEntryInput,
  RefusedReason,
  StoredEntry,
  TriggerInput,
} from "./decide/entry-types.ts";
export { type StartInput, startRun } from "./decide/start.ts";
export type {
  DecideInput,
  Decision,
  DeliveryOutcome,
  EventFact,
  Facts,
  History,
  OutcomeSignal,
  PlannedDelivery,
  RecentVisits,
  RunError,
  RunState,
  Signal,
  StepRecord,
} from "./decide/types.ts";
export { isValidAddress, resolveAddress } from "./gate/address.ts";
export { gate } from "./gate/gate.ts";
export { findPushEndpoint } from "./gate/push-address.ts";
export type {
  ConnectionFact,
  ConsentFact,
  GateCheck,
  GateFacts,
  GateStep,
  GateVerdict,
  SuppressedReason,
} from "./gate/types.ts";
export type { Json, JsonObject } from "./json.ts";
export type { Catalog, CatalogConnection } from "./language/catalog.ts";
export {
  defineJourney,
  type EntryRule,
  type Exit,
  type Goal,
  type JourneyDefinition,
  type Trigger,
} from "./language/definition.ts";
export { limits } from "./language/limits.ts";
export type {
  DelayNode,
  EndNode,
  LocalNode,
  Node,
  NodeType,
  OutcomePolicy,
  RandomSplitNode,
  SendNode,
  SplitNode,
  UpdateProfileNode,
  WaitBranch,
  WaitForEventNode,
  WebhookNode,
} from "./language/node.ts";
export { webhookAction } from "./language/node.ts";
export type { CountOperand, HistoryQuery, Literal, Operand, Quoted, Ref, SumOperand } from "./language/operand.ts";
export type {
  AllPredicate,
  AnyPredicate,
  CompareOp,
  ComparePredicate,
  DidPredicate,
  ExistsPredicate,
  NotPredicate,
  Predicate,
} from "./language/predicate.ts";
export { assignBuckets, bucketOf, type Share } from "./random/buckets.ts";
