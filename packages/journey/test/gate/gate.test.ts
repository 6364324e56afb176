import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { ConsentFact, GateFacts, GateVerdict } from "../../src/index.ts";
import { gate, resolveAddress } from "../../src/index.ts";

const good: GateFacts = {
  stage: "claim",
  now: 1_000,
  journey: { status: "live" },
  run: { status: "active", endedBy: null },
  exitNow: { exit: null, goal: false },
  delivery: {
    connection: "mail",
    channel: "email",
    purpose: "promotional",
    topic: "news",
    addressKind: "email",
    address: "ada@example.com",
  },
  consents: [{ channel: "email", purpose: "promotional", topic: "*", state: "granted" }],
  suppressed: {},
  connections: { mail: { channel: "email", address: null } },
};

const because = (verdict: GateVerdict) => (verdict.kind === "suppress" ? verdict.reason : verdict.kind);
const steps = (verdict: GateVerdict) => verdict.checks.map(({ step, pass }) => `${step} ${pass}`);
const delivery = (changes: Partial<GateFacts["delivery"]>) => ({ ...good, delivery: { ...good.delivery, ...changes } });

test("a delivery passes when every check does, each on record with its inputs, in the fixed order", () => {
  expect(gate(good)).toEqual({
    kind: "pass",
    checks: [
      {
        step: "run_live",
        pass: true,
        reason: null,
        inputs: { stage: "claim", journey: "live", run: "active", endedBy: null },
      },
      { step: "exit_and_goal", pass: true, reason: null, inputs: { goal: false, exit: null } },
      {
        step: "consent",
        pass: true,
        reason: null,
        inputs: { channel: "email", purpose: "promotional", topic: "news", consent: "granted", suppression: null },
      },
      {
        step: "address",
        pass: true,
        reason: null,
        inputs: { connection: "mail", connected: true, addressKind: "email", present: true },
      },
    ],
  });
});

test("the first check that fails decides, and none after it is made", () => {
  const allBad: GateFacts = {
    ...good,
    journey: { status: "stopped" },
    consents: [],
    connections: {},
    exitNow: { exit: "out", goal: true },
  };
  expect(steps(gate(allBad))).toEqual(["run_live false"]);
  const live: GateFacts = { ...allBad, journey: { status: "live" } };
  expect(steps(gate(live))).toEqual(["run_live true", "exit_and_goal false"]);
  const noExit: GateFacts = { ...live, exitNow: { exit: null, goal: false } };
  expect(steps(gate(noExit))).toEqual(["run_live true", "exit_and_goal true", "consent false"]);
});

test("no check holds an address", () => {
  const seen = JSON.stringify([gate(good), gate(delivery({ address: "not an address" }))]);
  expect(seen).not.toContain("ada@");
  expect(seen).not.toContain("not an address");
});

describe("run live", () => {
  test.each([
    ["live", "active", null, "pass"],
    ["closing", "active", null, "pass"],
    ["stopped", "active", null, "journey_stopped"],
    ["unheard of", "active", null, "journey_stopped"],
    ["paused", "active", null, "wait"],
    ["live", "failed", null, "wait"],
    ["live", "ended", "end", "pass"],
    ["live", "ended", "goal", "goal_reached"],
    ["live", "ended", "exit", "exited"],
    ["live", "ended", null, "run_ended"],
    ["stopped", "failed", null, "journey_stopped"],
  ] as const)("journey %s, run %s by %s: %s", (...[status, run, endedBy, expected]) => {
    const facts = { ...good, journey: { status }, run: { status: run, endedBy } } as GateFacts;
    expect(because(gate(facts))).toBe(expected);
  });

  test("a held delivery is asked again a minute later", () => {
    expect(gate({ ...good, journey: { status: "paused" } })).toMatchObject({ kind: "wait", until: 61_000 });
  });
});

describe("exit and goal", () => {
  test("suppress what they hold for, the goal first", () => {
    expect(because(gate({ ...good, exitNow: { exit: "out", goal: false } }))).toBe("exited");
    expect(because(gate({ ...good, exitNow: { exit: null, goal: true } }))).toBe("goal_reached");
    expect(because(gate({ ...good, exitNow: { exit: "out", goal: true } }))).toBe("goal_reached");
  });
});

describe("consent", () => {
  type Row = readonly [
    description: string,
    consents: readonly Partial<ConsentFact>[],
    topic: string | null,
    verdict: string,
  ];
  const granted = { state: "granted" } as const;
  const revoked = { state: "revoked" } as const;

  test.each<Row>([
    ["nothing known", [], "news", "no_consent"],
    ["granted for all", [{ ...granted, topic: "*" }], "news", "pass"],
    ["granted for the topic", [{ ...granted, topic: "news" }], "news", "pass"],
    ["granted for another topic", [{ ...granted, topic: "offers" }], "news", "no_consent"],
    ["granted for another channel", [{ ...granted, topic: "*", channel: "sms" }], "news", "no_consent"],
    ["granted for another purpose", [{ ...granted, topic: "*", purpose: "research" }], "news", "no_consent"],
    [
      "revoked for the topic, granted for all",
      [
        { ...granted, topic: "*" },
        { ...revoked, topic: "news" },
      ],
      "news",
      "consent_revoked",
    ],
    [
      "revoked for all, granted for the topic",
      [
        { ...granted, topic: "news" },
        { ...revoked, topic: "*" },
      ],
      "news",
      "consent_revoked",
    ],
    [
      "revoked for another topic",
      [
        { ...granted, topic: "*" },
        { ...revoked, topic: "offers" },
      ],
      "news",
      "pass",
    ],
    ["no topic, granted for all", [{ ...granted, topic: "*" }], null, "pass"],
    ["no topic, granted for one", [{ ...granted, topic: "news" }], null, "no_consent"],
    [
      "no topic, revoked for one",
      [
        { ...granted, topic: "*" },
        { ...revoked, topic: "news" },
      ],
      null,
      "pass",
    ],
    ["a state nobody knows", [{ state: "maybe" as never, topic: "*" }], "news", "consent_revoked"],
  ])("%s", (...[, consents, topic, verdict]) => {
    const full = consents.map((consent) => ({ channel: "email", purpose: "promotional", ...consent }) as ConsentFact);
    expect(because(gate({ ...delivery({ topic }), consents: full }))).toBe(verdict);
  });

  test.each(["transactional", "mandatory"])("%s needs none", (purpose) => {
    expect(because(gate({ ...delivery({ purpose }), consents: [] }))).toBe("pass");
  });

  test("a purpose nobody knows needs one", () => {
    expect(because(gate({ ...delivery({ purpose: "urgent" }), consents: [] }))).toBe("no_consent");
  });

  test.each(["promotional", "transactional", "mandatory"])("%s obeys the suppression list", (purpose) => {
    expect(because(gate({ ...delivery({ purpose }), suppressed: { email: "bounced" } }))).toBe("address_suppressed");
    expect(because(gate({ ...delivery({ purpose }), suppressed: { sms: "stop" } }))).toBe("pass");
  });
});

describe("address", () => {
  test.each([
    ["email", null, "no_address"],
    ["email", "", "no_address"],
    ["email", "ada@example.com", "pass"],
    ["email", "v@x.test, e@y.test", "invalid_address"],
    ["email", "ada@example.com\r\nBcc: eve@y.test", "invalid_address"],
    ["email", "Ada <ada@example.com>", "invalid_address"],
    ["phone", "+4930123456", "pass"],
    ["phone", "030 123456", "invalid_address"],
    ["crm", "cus_17", "pass"],
    ["crm", "cus\n17", "invalid_address"],
    [null, null, "pass"],
  ])("of kind %j: %j is %s", (addressKind, address, expected) => {
    expect(because(gate(delivery({ addressKind, address })))).toBe(expected);
  });

  test("a connection that is not there suppresses", () => {
    expect(because(gate({ ...good, connections: {} }))).toBe("connection_missing");
    expect(because(gate(delivery({ connection: "toString" })))).toBe("connection_missing");
  });

  test("is the profile's own trait for e-mail and phone, and nobody's for other kinds", () => {
    const traits = { email: "a@b.test", phone: 49, crm: "c" };
    expect([resolveAddress("email", traits), resolveAddress("phone", traits), resolveAddress("crm", traits)]).toEqual([
      "a@b.test",
      null,
      null,
    ]);
    expect(resolveAddress("email", { email: "Ada@Example.com" })).toBe("ada@example.com");
    expect(resolveAddress(null, traits)).toBeNull();
    expect(resolveAddress("email", Object.create(traits) as typeof traits)).toBeNull();
  });
});

test("promotional mail never passes without a grant and never past a revocation or the suppression list", () => {
  const consent = fc.record({
    channel: fc.constantFrom("email", "sms"),
    purpose: fc.constantFrom("promotional", "research"),
    topic: fc.constantFrom("*", "news", "offers"),
    state: fc.constantFrom("granted" as const, "revoked" as const),
  });
  const topics = fc.constantFrom("news", "offers", null);
  fc.assert(
    fc.property(fc.array(consent, { maxLength: 6 }), topics, fc.boolean(), (consents, topic, listed) => {
      const verdict = gate({ ...delivery({ topic }), consents, suppressed: listed ? { email: "x" } : {} });
      const concerned = consents.filter(
        ({ channel, purpose, topic: covers }) =>
          channel === "email" && purpose === "promotional" && (covers === "*" || covers === topic),
      );
      const allowed = concerned.length > 0 && concerned.every(({ state }) => state === "granted") && !listed;
      expect(verdict.kind).toBe(allowed ? "pass" : "suppress");
    }),
  );
});
