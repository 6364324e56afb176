import type { WendError } from "@wend/plugin";
import { expect, test } from "vitest";
import { fault, startHubspot } from "./fake/start-hubspot.ts";
import { open, refusal } from "./open.ts";

const named = (name: string) => ({ contact: `${name}@example.test`, properties: { firstname: name } });
const outcomes = (results: readonly object[]) =>
  results.map((result) => ("error" in result ? (result.error as WendError).code : "accepted"));

test("100 contacts are one request", async () => {
  await using hubspot = await startHubspot();
  const { batch } = await open(hubspot.url);
  const results = await batch(
    "upsertContact",
    Array.from({ length: 100 }, (_, number) => named(`c${number}`)),
  );
  expect(new Set(outcomes(results))).toEqual(new Set(["accepted"]));
  expect(hubspot.asked).toHaveLength(1);
  expect(hubspot.tables.contacts!.records.size).toBe(100);
});

test("each record of a batch has its own outcome, told by a 207", async () => {
  await using hubspot = await startHubspot();
  hubspot.tables.contacts!.create({ email: "a@example.test", wend_profile_id: "p-1" }, 0);
  const { batch } = await open(hubspot.url);
  const taken = { contact: "b@example.test", properties: { wend_profile_id: "p-1" } };
  const results = await batch("upsertContact", [named("a"), taken, named("c")]);
  expect(outcomes(results)).toEqual(["accepted", "provider.rejected", "accepted"]);
  expect(results[0]).toMatchObject({ providerId: "contact:501", output: { id: "501", created: false } });
  expect(results[2]).toMatchObject({ providerId: "contact:502", output: { id: "502", created: true } });
});

test("results in another order and without trace ids still find their deliveries", async () => {
  await using hubspot = await startHubspot();
  hubspot.interrupt(({ body }) => ({
    status: 200,
    body: {
      results: body.inputs
        .map(({ id }: { id: string }, index: number) => ({
          id: String(index),
          new: true,
          properties: { email: id.toLowerCase() },
        }))
        .reverse(),
    },
  }));
  const { batch } = await open(hubspot.url);
  const results = await batch("upsertContact", [named("A"), named("b")]);
  expect(results).toMatchObject([{ output: { id: "0" } }, { output: { id: "1" } }]);
});

test("a record that HubSpot does not find is named by trace id or by its key", async () => {
  await using hubspot = await startHubspot();
  const { batch } = await open(hubspot.url);
  const enrolment = { journey: "Onboarding", step: "welcome" };
  const both = ["Ada@example.test", "b@example.test"].map((contact) => ({ contact, ...enrolment }));
  expect(outcomes(await batch("enrol", both))).toEqual(["provider.rejected", "provider.rejected"]);
  const missing = {
    status: "error",
    category: "OBJECT_NOT_FOUND",
    message: "",
    context: { ids: ["ada@example.test"] },
  };
  const found = { id: "502", properties: { email: "b@example.test" } };
  hubspot.interrupt(() => ({ status: 207, body: { results: [found], errors: [missing] } }));
  expect(outcomes(await batch("enrol", both))).toEqual(["provider.rejected", "accepted"]);
});

test("a batch that is refused as a whole is halved until the one at fault stands alone", async () => {
  await using hubspot = await startHubspot();
  hubspot.interrupt(({ body }) =>
    body.inputs.some(({ id }: { id: string }) => id.startsWith("bad")) ? fault(400, "VALIDATION_ERROR") : undefined,
  );
  const { batch } = await open(hubspot.url);
  const results = await batch("upsertContact", [named("a"), named("bad"), named("c"), named("d")]);
  expect(outcomes(results)).toEqual(["accepted", "provider.rejected", "accepted", "accepted"]);
});

test("a limit that is hit refuses the whole batch at once, and is not asked again", async () => {
  await using hubspot = await startHubspot();
  hubspot.interrupt(() => fault(429, "RATE_LIMITS", { policyName: "TEN_SECONDLY_ROLLING" }));
  const { batch } = await open(hubspot.url);
  const results = await batch("upsertContact", [named("a"), named("b")]);
  expect(outcomes(results)).toEqual(["provider.rate_limited", "provider.rate_limited"]);
  expect(hubspot.asked).toHaveLength(1);
});

test("of two writes of one contact in a batch the later one wins", async () => {
  await using hubspot = await startHubspot();
  const { batch } = await open(hubspot.url);
  const twice = ["first", "second"].map((firstname) => ({ contact: "ada@example.test", properties: { firstname } }));
  const results = await batch("upsertContact", [twice[0]!, named("b"), { ...twice[1]!, contact: "Ada@example.test" }]);
  expect(outcomes(results)).toEqual(["accepted", "accepted", "accepted"]);
  const { tables } = hubspot;
  expect(tables.contacts!.value(tables.contacts!.records.get("501")!, "firstname")).toBe("second");
});

test("what the answer does not tell of has an open outcome", async () => {
  await using hubspot = await startHubspot();
  const { batch } = await open(hubspot.url);
  for (const body of ["<html>", { results: [] }, { results: "none" }]) {
    hubspot.interrupt(() => ({ status: 200, body }));
    expect(outcomes(await batch("upsertContact", [named("a"), named("b")]))).toEqual([
      "provider.unknown_outcome",
      "provider.unknown_outcome",
    ]);
  }
});

test("an abort after the first of two writes of one contact takes nothing back", async () => {
  await using hubspot = await startHubspot();
  const controller = new AbortController();
  const abortsAfter = async (...asked: Parameters<typeof fetch>) => {
    const response = await fetch(...asked);
    const answered = new Response(await response.text(), response);
    controller.abort();
    return answered;
  };
  const { connection } = await open(hubspot.url, {}, { fetch: abortsAfter });
  const item = { input: named("ada"), address: undefined, profileId: "p", deliveryId: "d", attempt: 1 };
  const items = ["run-1:1", "run-1:2"].map((idempotencyKey) => ({ ...item, idempotencyKey }));
  const results = await connection.batches!.upsertContact!(items as never, controller.signal);
  expect(outcomes(results)).toEqual(["accepted", "provider.unavailable"]);
  expect(hubspot.keys).toEqual(["run-1:1"]);
});

test("a contact is known by a unique property of one's own, where the connection names it", async () => {
  await using hubspot = await startHubspot();
  const { call } = await open(hubspot.url, { contactKey: "wend_profile_id" });
  await call("upsertContact", { contact: "p-1", properties: { email: "old@example.test" } });
  await call("upsertContact", { contact: "p-1", properties: { email: "new@example.test" } });
  const { contacts } = hubspot.tables;
  expect(contacts!.records.size).toBe(1);
  expect(contacts!.value(contacts!.records.get("501")!, "email")).toBe("new@example.test");
});

test("enrol creates no contact, and empties the next touch when none is planned", async () => {
  await using hubspot = await startHubspot();
  const { call } = await open(hubspot.url);
  const enrolment = { contact: "ada@example.test", journey: "Onboarding", step: "welcome" };
  expect(await refusal(call("enrol", enrolment))).toMatchObject({ code: "provider.rejected" });
  await call("upsertContact", { contact: enrolment.contact });
  await call("enrol", { ...enrolment, nextTouchAt: "2026-03-02T09:00:00Z" });
  await call("enrol", { ...enrolment, step: "done", nextTouchAt: "" });
  const { contacts } = hubspot.tables;
  const ada = contacts!.records.get("501")!;
  expect(contacts!.value(ada, "wend_step")).toBe("done");
  expect(contacts!.value(ada, "wend_next_touch_at")).toBe("");
});
