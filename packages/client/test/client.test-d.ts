import type { JourneyDefinition } from "@wend/journey";
import { describe, expectTypeOf, it } from "vitest";
import type { WendClientError } from "../src/index.ts";
import { createClient } from "../src/index.ts";

const { api, track, batch } = createClient({ url: "http://localhost", key: "srv_x" });

describe("the client's types", () => {
  it("know the answers", () => {
    expectTypeOf(api.runs.get.query).returns.resolves.toHaveProperty("says").toEqualTypeOf<string>();
    expectTypeOf(api.runs.get.query).returns.resolves.toHaveProperty("startedAt").toEqualTypeOf<string>();
    expectTypeOf(api.journeys.publish.mutate).returns.resolves.toEqualTypeOf<{ id: string; version: number }>();
    expectTypeOf(api.deliveries.list.query)
      .returns.resolves.toHaveProperty("items")
      .items.toHaveProperty("state")
      .toEqualTypeOf<
        "queued" | "sending" | "accepted" | "delivered" | "bounced" | "suppressed" | "failed" | "unknown" | "discarded"
      >();
  });

  it("tell the items of a timeline apart by their kind", async () => {
    const { items } = await api.profiles.timeline.query({ userId: "ada" });
    for (const item of items) {
      if (item.kind === "delivery") expectTypeOf(item.delivery.reason).toEqualTypeOf<string | null>();
      // @ts-expect-error only a step has one
      if (item.kind === "event") item.step;
    }
  });

  it("refuse a procedure that does not exist", () => {
    // @ts-expect-error
    api.journeys.remove.mutate({ journey: "x" });
    // @ts-expect-error
    api.campaigns;
    // @ts-expect-error a query is not a mutation
    api.runs.get.mutate({ id: "x" });
  });

  it("refuse a wrong input", () => {
    // @ts-expect-error
    api.runs.get.query({});
    // @ts-expect-error
    api.runs.get.query({ id: 7 });
    // @ts-expect-error
    api.runs.list.query({ status: "lost" });
    // @ts-expect-error
    api.consents.grant.mutate({ items: [{ channel: "email" }] });
    // @ts-expect-error
    api.journeys.create.mutate({ key: "x", definition: { name: "x" } });
    // @ts-expect-error
    void track({ userId: "ada" });
    // @ts-expect-error
    void batch([{ userId: "ada", event: "x" }]);
  });

  it("take a journey as its author types it", () => {
    expectTypeOf(api.journeys.create.mutate)
      .parameter(0)
      .toHaveProperty("definition")
      .toEqualTypeOf<JourneyDefinition>();
  });

  it("know the codes of errors", () => {
    const seen = (error: WendClientError) => {
      expectTypeOf<"run.not_found">().toExtend<typeof error.code>();
      // @ts-expect-error no such code
      return error.code === "run.lost";
    };
    expectTypeOf(seen).returns.toEqualTypeOf<boolean>();
  });
});
