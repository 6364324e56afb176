import { WendError } from "@wend/plugin";
import { describe, expect, it } from "vitest";
import { updateConnection } from "../../src/connections/update-connection.ts";
import { countStatements } from "./count-statements.ts";
import type { World } from "./world.ts";
import { createWorld } from "./world.ts";

let world: World;

describe("delivering", () => {
  it("renders for the profile, calls with the run's key, and records the provider's answer", async () => {
    world = await createWorld();
    world.provider.handle = async () => ({ providerId: "p-7", output: { receipt: "r" } });
    const [id] = await world.plan([
      {
        input: { text: "Hi {{ profile.name }}, {{ event.properties.plan }}, {{ vars.order }}" },
        traits: { name: "Bo" },
      },
    ]);
    await expect(world.deliver([id!])).resolves.toEqual({ states: { accepted: 1 }, fenceRejected: 0, skipped: 0 });
    const [delivery] = await world.find([id!]);
    expect(world.provider.calls).toMatchObject([
      {
        input: { text: "Hi Bo, pro, o-1" },
        idempotencyKey: `${delivery!.run_id}:2`,
        deliveryId: id,
        attempt: 1,
        purpose: "transactional",
        address: undefined,
      },
    ]);
    expect(delivery).toMatchObject({
      state: "accepted",
      attempt: 1,
      provider_id: "p-7",
      due_at: null,
      ambiguous: false,
    });
    expect(delivery!.settled_at).not.toBeNull();
    expect(await world.attempts(id!)).toEqual([{ attempt: 1, outcome: "accepted", code: null }]);
  });

  it("has MJML become HTML before the call, and calls nobody when it cannot", async () => {
    world = await createWorld();
    const mjml = (tag: string) =>
      `<mjml><mj-body><mj-section><mj-column><${tag}>Hi {{ profile.name }}</${tag}></mj-column></mj-section></mj-body></mjml>`;
    const [good, bad] = await world.plan([
      { input: { text: "x", mjml: mjml("mj-text") }, traits: { name: "Bo & Co" } },
      { input: { text: "x", mjml: mjml("mj-nothing") } },
    ]);
    await world.deliver([good!, bad!]);
    expect(world.provider.calls).toMatchObject([{ deliveryId: good, input: { mjml: expect.stringMatching(/<div/) } }]);
    expect(world.provider.calls[0]!.input).toMatchObject({ mjml: expect.stringContaining("Hi Bo &amp; Co") });
    const found = await world.find([good!, bad!]);
    expect(found.map(({ state }) => state).sort()).toEqual(["accepted", "failed"]);
    expect(found.find(({ state }) => state === "failed")).toMatchObject({ reason: "content.invalid_template" });
  });

  it("makes a stale job a no-op", async () => {
    world = await createWorld();
    const ids = await world.plan(3);
    await world.deliver(ids);
    const report = await world.deliver([...ids, "00000000-0000-7000-8000-000000000000"]);
    expect(report).toEqual({ states: {}, fenceRejected: 0, skipped: 4 });
    expect(world.provider.calls).toHaveLength(3);
  });

  it("calls each delivery once when every job comes three times, to two workers at once", async () => {
    world = await createWorld();
    const ids = await world.plan(40);
    const other = world.createWorker();
    const jobs = [ids, ids.toReversed(), ids.slice(10), ids.slice(5, 30)];
    const reports = await Promise.all(jobs.flatMap((job) => [world.deliver(job), other(job)]));
    expect(world.provider.calls).toHaveLength(40);
    expect(new Set(world.provider.calls.map((call) => call.deliveryId)).size).toBe(40);
    expect(reports.reduce((sum, report) => sum + (report.states.accepted ?? 0), 0)).toBe(40);
  });

  it("tells a run that waits, and only that one, in the same transaction", async () => {
    world = await createWorld();
    const [told, untold] = await world.plan([{ awaited: true }, { awaited: false }]);
    await world.deliver([told!, untold!]);
    const [delivery] = await world.find([told!]);
    const rows = await world.sql(
      "select kind, name, profile_id, run_id, detail, shard from inbox where workspace_id = $1",
    );
    expect(rows).toEqual([
      {
        kind: "outcome",
        name: "",
        profile_id: delivery!.profile_id,
        run_id: delivery!.run_id,
        detail: { seq: 2, outcome: "accepted" },
        shard: Number.parseInt(delivery!.profile_id.slice(34), 16) & (world.workspace.shards - 1),
      },
    ]);
    expect(world.woken).toEqual([rows[0]!.shard]);
  });

  it("keeps the calls under way at once within the connection's concurrency", async () => {
    world = await createWorld({ connection: { concurrency: 4 } });
    let underWay = 0;
    let most = 0;
    world.provider.handle = async () => {
      underWay += 1;
      most = Math.max(most, underWay);
      await new Promise(setImmediate);
      underWay -= 1;
      return { output: {} };
    };
    const ids = await world.plan(30);
    await Promise.all([world.deliver(ids.slice(0, 15)), world.deliver(ids.slice(15))]);
    expect(world.provider.calls).toHaveLength(30);
    expect(most).toBe(4);
  });

  it("claims nothing more once its signal aborts, and finishes what it began", async () => {
    world = await createWorld({ connection: { concurrency: 2 } });
    const stop = new AbortController();
    world.provider.handle = async () => {
      stop.abort();
      return { output: {} };
    };
    const ids = await world.plan(6);
    const report = await world.deliver(ids, stop.signal);
    expect(report).toEqual({ states: { accepted: 2 }, fenceRejected: 0, skipped: 4 });
    const states = (await world.find(ids)).map((row) => `${row.state} ${row.attempt}`);
    expect(states.toSorted()).toEqual(["accepted 1", "accepted 1", "queued 0", "queued 0", "queued 0", "queued 0"]);
    await expect(world.deliver(ids, AbortSignal.abort())).resolves.toMatchObject({ skipped: 6 });
  });

  it("sees a changed connection before the next call", async () => {
    world = await createWorld({ dedupe: { by: "none" }, connection: { onUnknown: "hold" } });
    world.provider.handle = () => Promise.reject(new WendError("provider.unknown_outcome"));
    const ids = await world.plan(2);
    await world.deliver([ids[0]!]);
    const { plugins, secrets, connection } = world;
    await world.inTest((tx) =>
      updateConnection(tx, { plugins, secrets }, { connection: connection.id, onUnknown: "drop" }),
    );
    await world.deliver([ids[1]!]);
    expect((await world.find(ids)).map((row) => row.state)).toEqual(["unknown", "discarded"]);
  });

  it("rejects when the database is gone, and loses nothing", async () => {
    world = await createWorld();
    const ids = await world.plan(2);
    const { app } = world.store;
    const connect = app.connect.bind(app);
    app.connect = (() =>
      Promise.reject(Object.assign(new Error("down"), { code: "ECONNREFUSED" }))) as typeof app.connect;
    await expect(world.deliver(ids)).rejects.toMatchObject({ code: "store.unavailable" });
    app.connect = connect;
    await expect(world.deliver(ids)).resolves.toMatchObject({ states: { accepted: 2 } });
  });

  it("needs the same number of statements for 1 delivery and for 100", async () => {
    world = await createWorld({ connection: { concurrency: 100 } });
    const ids = await world.plan(Array.from({ length: 102 }, (_, i) => ({ awaited: i % 2 === 0 })));
    await world.deliver(ids.splice(0, 1));
    const counts = [];
    for (const count of [1, 100]) {
      const statements = countStatements(world);
      await world.deliver(ids.splice(0, count));
      counts.push(statements());
    }
    expect(counts[0]).toBe(counts[1]);
    expect(counts[0]).toBeLessThanOrEqual(8);
  });
});

describe("what a plugin does to itself", () => {
  it("stays its own: a crash, a bad answer, a hang and garbage fail alone", async () => {
    world = await createWorld({ timeoutMs: 150, connection: { concurrency: 100 } });
    const answers: Record<string, () => unknown> = {
      crash: () => {
        throw new Error("secret detail");
      },
      "crash that throws": () => {
        throw Object.defineProperty(new Error("a"), "stack", { get: () => answers.crash!() });
      },
      "not an object": () => 42,
      "bad output": () => ({ output: { receipt: 5 } }),
      "bad id": () => ({ providerId: { a: 1 }, output: {} }),
      hang: () => new Promise(() => {}),
      fine: () => ({ output: {} }),
    };
    world.provider.handle = async ({ input }) => answers[input.text]!();
    const names = Object.keys(answers);
    const ids = await world.plan(names.map((text) => ({ input: { text } })));
    const report = await world.deliver(ids);
    expect(report.states).toEqual({ accepted: 1, queued: 6 });
    const codes = (await world.find(ids)).map((row) => row.error?.code);
    expect(codes).toEqual([
      "plugin.crashed",
      "plugin.crashed",
      "plugin.bad_output",
      "plugin.bad_output",
      "plugin.bad_output",
      "plugin.timeout",
      undefined,
    ]);
    expect(JSON.stringify(await world.find(ids))).not.toContain("secret detail");
  });

  it("lets one that obeys its signal say how far it came", async () => {
    world = await createWorld({ timeoutMs: 50 });
    world.provider.handle = ({ signal }) =>
      new Promise((_resolve, reject) => {
        signal.addEventListener("abort", () => reject(new WendError("provider.unavailable")));
      });
    const [id] = await world.plan(1);
    await world.deliver([id!]);
    expect((await world.find([id!]))[0]).toMatchObject({
      state: "queued",
      ambiguous: false,
      error: { code: "provider.unavailable" },
    });
  });

  it("fails what does not render or does not fit the action, before any call", async () => {
    world = await createWorld();
    const ids = await world.plan([
      { input: { text: "{{ profile.name | divided_by: x }}{% for i in (1..99999999) %}{% endfor %}" } },
      { input: { text: "{{ profile.name | nope }}" } },
      { input: { text: "x".repeat(1_001) } },
      { input: { text: '{% abort "not today" %}' } },
      { action: "absent" },
      {},
    ]);
    const report = await world.deliver(ids);
    expect(report.states).toEqual({ failed: 4, suppressed: 1, accepted: 1 });
    expect((await world.find(ids)).map((row) => [row.state, row.error?.code ?? null, row.reason])).toEqual([
      ["failed", "content.render_failed", "content.render_failed"],
      ["failed", "content.invalid_template", "content.invalid_template"],
      ["failed", "input.invalid", "input.invalid"],
      ["suppressed", "content.aborted", "content_aborted"],
      ["failed", "plugin.unknown", "plugin.unknown"],
      ["accepted", null, null],
    ]);
    expect(world.provider.calls).toHaveLength(1);
    expect(await world.attempts(ids[0]!)).toEqual([]);
  });
});
