import { expect, test } from "vitest";
import { spawnWend } from "../spawn-wend.ts";

test("the demo sends its customers through the journey, shows it, and adds up", async () => {
  const demo = spawnWend(["demo", "--profiles", "100"]);
  expect(await demo.ended, demo.output()).toBe(0);
  const last = demo.output().trim().split("\n").at(-1);
  // 100 customers: 25 on pro, 90 with consent; half activate; see demo/customers.ts.
  expect(last).toMatch(
    /^demo: profiles=100 runs=100 steps=534 deliveries=168 failed=0 unknown=0 lost=0 seconds=[\d.]+$/,
  );
  expect(demo.output()).toContain("because the profile has not consented");
}, 120_000);
