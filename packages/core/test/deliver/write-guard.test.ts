import { expect, it } from "vitest";
import { createManualClock } from "../../src/clock.ts";
import { createWriteGuard } from "../../src/deliver/call/write-guard.ts";
import { leaseMsFor, startLease } from "../../src/deliver/lease.ts";

const lease = () => {
  const clock = createManualClock(0);
  const deadline = new AbortController();
  return { clock, deadline, guard: createWriteGuard(startLease(clock, 15_000), deadline.signal) };
};

it("lets nothing be written once half the lease is gone", () => {
  const { clock, guard } = lease();
  clock.advance(7_501);
  expect(guard.mayWrite()).toBe(false);
  expect(guard.nothingWritten()).toBe(true);
});

it("does not call a call unwritten whose first request went out", () => {
  const { clock, guard } = lease();
  expect(guard.mayWrite()).toBe(true);
  expect(guard.nothingWritten()).toBe(false);
  clock.advance(7_501);
  expect(guard.mayWrite()).toBe(false);
  expect(guard.nothingWritten()).toBe(false);
});

it("lets nothing be written once the call's time is up, and does not take the call for one that never began", () => {
  const { deadline, guard } = lease();
  deadline.abort();
  expect(guard.mayWrite()).toBe(false);
  expect(guard.nothingWritten()).toBe(false);
});

it("gives slow actions a lease that outlasts them", () => {
  expect(leaseMsFor(10_000)).toBe(15_000);
  expect(leaseMsFor(60_000)).toBe(90_000);
});
