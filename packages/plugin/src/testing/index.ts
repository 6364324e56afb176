export type { LinkSample } from "./link-tests.ts";
export type { PollTests } from "./poll-tests.ts";
export type { ProviderMode, ProviderStandIn } from "./provider-stand-in.ts";
export { type Readme, readReadme, statusErrors } from "./read-readme.ts";
export { type Judged, type SpecJudge, startSpecJudge } from "./spec-judge.ts";
export { createTestHost, type LogLine, type TestHost, type TestHostParts } from "./test-host.ts";
export { type ConformanceTest, type PluginTestSetup, type SampleCall, testPlugin } from "./test-plugin.ts";
export type {
  RawWebhook,
  WebhookEvent,
  WebhookSample,
  WebhookSignature,
  WebhookSigning,
  WebhookTests,
} from "./webhook-tests.ts";
