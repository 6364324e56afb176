import { beforeEach, expect, it } from "vitest";
import type { World } from "../deliver/world.ts";
import { createWorld } from "../deliver/world.ts";
import { hooksOf, optedIn, receipt } from "./incoming.ts";

const stop = (address: string, at: number) => receipt({ address }, { kind: "unsubscribed", at });

let world: World;
let told: ReturnType<typeof hooksOf>;
beforeEach(async () => {
  world = await createWorld({ address: "email" });
  told = hooksOf(world);
});

const reasons = async () => {
  const rows = await world.sql("select reason from suppressions where workspace_id = $1");
  return (rows as { reason: string }[]).map(({ reason }) => reason);
};

it.each([
  ["START after STOP", { stops: [1_000], starts: [2_000] }, []],
  ["STOP after START", { stops: [2_000], starts: [1_000] }, ["unsubscribed"]],
  ["STOP, START and STOP", { stops: [1_000, 3_000], starts: [2_000] }, ["unsubscribed"]],
  ["START, STOP and START", { stops: [2_000], starts: [3_000, 1_000] }, []],
  ["both at the same instant", { stops: [1_000], starts: [1_000] }, ["unsubscribed"]],
])("of STOP and START in one batch the later counts: %s", async (_, { stops, starts }, left) => {
  const receipts = stops.map((at) => stop("ada@example.com", at));
  await told({ receipts, signals: starts.map((at) => optedIn(" Ada@Example.com", at)) });
  expect(await reasons()).toEqual(left);
});

it("START in the batch of an earlier STOP lifts what the connection had heard before", async () => {
  await told({ receipts: [stop("ada@example.com", 500)] });
  expect(await reasons()).toEqual(["unsubscribed"]);
  await told({ receipts: [stop("ada@example.com", 1_000)], signals: [optedIn("ada@example.com", 2_000)] });
  expect(await reasons()).toEqual([]);
});

it("START overrules no STOP of another address, and no bounce", async () => {
  const bounced = receipt({ address: "bo@example.com" }, { kind: "bounced", bounce: "hard", at: 1_000 });
  const starts = [optedIn("ada@example.com", 2_000), optedIn("bo@example.com", 2_000)];
  await told({ receipts: [stop("cy@example.com", 1_000), bounced], signals: starts });
  expect((await reasons()).sort()).toEqual(["bounced", "unsubscribed"]);
});
