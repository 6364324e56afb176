import { describe, expect, test } from "vitest";
import type { OutcomePolicy, SendNode } from "../../src/index.ts";
import { journeyOf } from "../support/definition.ts";
import { HOUR, T0 } from "../support/facts.ts";
import { play } from "../support/player.ts";

const send = (outcome: OutcomePolicy, changes: Partial<SendNode> = {}): SendNode => ({
  type: "send",
  connection: "mail",
  action: "send",
  input: { subject: "Hello {{ profile.name }}", text: "…" },
  outcome,
  next: "sent",
  ...changes,
});

const branch: OutcomePolicy = { policy: "branch", failed: "failed", suppressed: "suppressed" };
const noConsent = { gate: { consents: [] } };

describe("send", () => {
  test("plans the delivery with everything it takes, templates as written", () => {
    const definition = journeyOf(send({ policy: "continue" }, { topic: "news" }));
    const decision = play(definition).enter();
    expect(decision.deliveries).toEqual([
      {
        seq: 1,
        nodeId: "first",
        connection: "mail",
        action: "send",
        channel: "email",
        purpose: "promotional",
        topic: "news",
        input: { subject: "Hello {{ profile.name }}", text: "…" },
        address: "ada@example.com",
        state: "planned",
        reason: null,
        checks: [
          expect.objectContaining({ step: "run_live", pass: true }),
          expect.objectContaining({ step: "exit_and_goal", pass: true }),
          expect.objectContaining({ step: "consent", pass: true }),
          expect.objectContaining({ step: "address", pass: true }),
        ],
        awaited: false,
      },
    ]);
    expect(decision.run).toMatchObject({ status: "ended", outcome: "sent" });
  });

  test("takes the action's purpose unless it states its own", () => {
    expect(play(journeyOf(send({ policy: "continue" }))).enter().deliveries[0]!.purpose).toBe("promotional");
    const transactional = send({ policy: "continue" }, { purpose: "transactional" });
    expect(play(journeyOf(transactional), noConsent).enter().deliveries[0]).toMatchObject({
      purpose: "transactional",
      state: "planned",
    });
  });

  test("reads the address from the traits as they stand when it is reached", () => {
    const definition = journeyOf(
      { type: "updateProfile", set: { email: "new@example.com" }, next: "mail" },
      { mail: send({ policy: "continue" }) },
    );
    expect(play(definition).enter().deliveries[0]!.address).toBe("new@example.com");
  });

  test("suppressed is an outcome with a reason, and the delivery is on record", () => {
    const decision = play(journeyOf(send({ policy: "continue" })), noConsent).enter();
    expect(decision.deliveries).toMatchObject([{ state: "suppressed", reason: "no_consent", awaited: false }]);
    expect(decision.steps[0]).toMatchObject({ outcome: "suppressed", detail: { reason: "no_consent" } });
    expect(decision.run.outcome).toBe("sent");
  });
});

describe("outcome policy", () => {
  test("continue moves on at once and awaits nothing", () => {
    const player = play(
      journeyOf(send({ policy: "continue" }, { next: "pause" }), {
        pause: { type: "delay", for: "PT1H", next: "done" },
      }),
    );
    player.enter();
    expect(player.path).toEqual(["first planned"]);
    expect(player.run.nodeId).toBe("pause");
    expect(player.outcome("failed", 1).kind).toBe("ignored");
  });

  test.each([
    ["exit", { policy: "exit" }],
    ["branch", branch],
  ] as const)("%s waits without a timer until the outcome comes, and moves on when it was accepted", (_, policy) => {
    const player = play(journeyOf(send(policy)));
    const decision = player.enter();
    expect(decision.run).toMatchObject({ status: "active", nodeId: "first", wakeAt: null });
    expect(decision.deliveries[0]!.awaited).toBe(true);
    expect(player.outcome("accepted").run.outcome).toBe("sent");
    expect(player.path).toEqual(["first accepted", "sent sent"]);
  });

  test.each(["failed", "suppressed", "unknown"] as const)("exit ends the run when the delivery is %s", (outcome) => {
    const player = play(journeyOf(send({ policy: "exit" })));
    player.enter();
    expect(player.outcome(outcome).run).toMatchObject({ endedBy: "exit", outcome: `delivery_${outcome}` });
  });

  test.each([
    ["failed", branch, "failed"],
    ["suppressed", branch, "suppressed"],
    ["unknown", branch, "failed"],
    ["unknown", { ...branch, unknown: "unclear" }, "unclear"],
  ] as const)("branch leads %s where it says", (outcome, policy, target) => {
    const player = play(journeyOf(send(policy)));
    player.enter();
    expect(player.outcome(outcome).run.outcome).toBe(target);
  });

  test("a suppression while planning takes the same way at once", () => {
    expect(play(journeyOf(send({ policy: "exit" })), noConsent).enter().run).toMatchObject({
      endedBy: "exit",
      outcome: "delivery_suppressed",
    });
    const branched = play(journeyOf(send(branch)), noConsent).enter();
    expect(branched.run.outcome).toBe("suppressed");
    expect(branched.deliveries[0]!.awaited).toBe(false);
  });

  test("an outcome of another visit is ignored", () => {
    const player = play(journeyOf(send({ policy: "exit" })));
    player.enter();
    expect(player.outcome("accepted", 7).kind).toBe("ignored");
  });

  test("an exit pre-empts a run that waits for an outcome, which then comes too late", () => {
    const player = play({ ...journeyOf(send({ policy: "exit" })), exits: [{ name: "left", event: "Unsubscribed" }] });
    player.enter();
    expect(player.event(T0 + HOUR, "Unsubscribed").run.outcome).toBe("left");
    expect(player.outcome("accepted").kind).toBe("ignored");
  });
});

describe("webhook", () => {
  test("posts by default, as the action's own purpose, and needs no address", () => {
    const node = {
      type: "webhook",
      connection: "hook",
      input: { body: { id: "{{ profile.id }}" } },
      outcome: { policy: "continue" },
      next: "sent",
    } as const;
    const decision = play(journeyOf(node), { ...noConsent, traits: { email: null } }).enter();
    expect(decision.deliveries).toMatchObject([
      { action: "post", channel: "webhook", purpose: "transactional", topic: null, address: null, state: "planned" },
    ]);
    expect(decision.steps[0]).toMatchObject({ type: "webhook", outcome: "planned" });
  });
});
