export type { ManualClock } from "../clock.ts";
export { createManualClock } from "../clock.ts";
export type { TestStore, TestStoreOptions } from "./create-test-store.ts";
export { createTestStore } from "./create-test-store.ts";
