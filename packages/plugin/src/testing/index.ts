export type { ProviderMode, ProviderStandIn } from "./provider-stand-in.ts";
export { createTestHost, type LogLine, type TestHost } from "./test-host.ts";
export { type ConformanceTest, type PluginTestSetup, testPlugin } from "./test-plugin.ts";
