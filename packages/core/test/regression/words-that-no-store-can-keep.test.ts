import { WendError } from "@wend/plugin";
import { afterAll, describe, expect, test } from "vitest";
import { createWorld as createEngine } from "../advance/world.ts";
import type { Call } from "../deliver/world.ts";
import { createWorld } from "../deliver/world.ts";

// 199 characters and the first half of the next one: cut at 200, no store can keep what is left.
const cutInHalf = `${"x".repeat(199)}😀 nice`;

describe("an event whose text is cut in the middle of a character", () => {
  const engine = createEngine();
  afterAll(async () => (await engine).close());

  test("changes its run like any other", async () => {
    const world = await engine;
    await world.publish("survey", {
      triggers: [{ type: "event", event: "Answered" }],
      start: "split",
      nodes: {
        split: {
          type: "split",
          branches: [{ when: { op: "eq", left: { ref: "event.properties.text" }, right: "no" }, next: "other" }],
          else: "done",
        },
        other: { type: "end", outcome: "no" },
        done: { type: "end", outcome: "yes" },
      },
    });
    await world.track("ann", "Answered", { text: cutInHalf });
    await world.advance();
    expect(await world.runs()).toMatchObject([{ status: "ended", outcome: "yes" }]);
    expect(await world.count("dead_letters")).toBe(0);
  });
});

describe("what one delivery ends in does not keep those beside it from being recorded", () => {
  const long = `${"x".repeat(499)}😀 and so on`;

  test.each<[string, (call: Call) => unknown]>([
    ["a reason that is cut in half", () => Promise.reject(new WendError("provider.rejected", { detail: long }))],
    ["a reason with NUL", () => Promise.reject(new WendError("provider.rejected", { detail: "no such \0 user" }))],
    ["a reason that is no text", () => Promise.reject(new WendError("provider.rejected", { detail: 5 as never }))],
    [
      "a pause that is no number",
      () => Promise.reject(new WendError("provider.unavailable", { retryAfterMs: Number.NaN })),
    ],
    [
      "a code that nobody knows",
      () => Promise.reject(Object.assign(new WendError("provider.rejected"), { code: "provider.odd" })),
    ],
    ["a provider's id with NUL", () => ({ output: {}, providerId: "a\0b" })],
    ["a provider's id cut in half", () => ({ output: {}, providerId: "\ud83d" })],
  ])("%s", async (_, answer) => {
    const world = await createWorld({ connection: { concurrency: 3 } });
    const ids = await world.plan(3);
    world.provider.handle = async (call) => (call.deliveryId === ids[1] ? answer(call) : { output: {} });
    await world.deliver(ids);
    const [first, bad, last] = await world.find(ids);
    expect([first!.state, last!.state]).toEqual(["accepted", "accepted"]);
    expect(bad!.state).not.toBe("sending");
    expect(JSON.stringify(world.warnings)).not.toContain("could not be recorded");
  });

  test("a trait that aborts a template", async () => {
    const world = await createWorld();
    const input = { text: "{% abort profile.bad %}" };
    const ids = await world.plan([{}, { input, traits: { bad: cutInHalf } }, {}]);
    await world.deliver(ids);
    expect((await world.find(ids)).map(({ state }) => state)).toEqual(["accepted", "suppressed", "accepted"]);
  });

  test("an id that a lookup answers", async () => {
    const world = await createWorld({ dedupe: { by: "lookup", settleMs: 0 }, now: "2026-03-01T00:00:00Z" });
    const ids = await world.plan(1);
    world.provider.handle = () => Promise.reject(new Error("lost"));
    await world.deliver(ids);
    world.provider.lookup = async () => ({ outcome: "accepted", providerId: "x\0" });
    await world.clock!.advance("PT1H");
    await world.deliver(ids);
    expect((await world.find(ids))[0]).toMatchObject({ state: "queued", ambiguous: true });
  });
});
