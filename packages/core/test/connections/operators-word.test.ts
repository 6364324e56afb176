import type { JsonObject } from "@wend/journey";
import { defineManifest, definePlugin } from "@wend/plugin";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { findConfigProblems } from "../../src/connections/parse-config.ts";

const plugin = definePlugin(
  defineManifest({
    id: "hook",
    version: "1.0.0",
    contract: 1,
    config: z.object({ keyWindowMs: z.int().min(0).optional() }),
    actions: {
      post: {
        title: "Posts.",
        input: z.object({}),
        output: z.object({}),
        channel: "webhook",
        purpose: "transactional",
        dedupe: { by: "key", windowField: "keyWindowMs" },
      },
    },
  }),
  async () => ({ actions: { post: async () => ({ output: {} }) } }),
);

describe("an action that leaves it to the operator whether the provider acts once per key", () => {
  it.each<JsonObject>([{}, { keyWindowMs: 0 }])(
    "asks for a choice where the operator does not say so: %j",
    (config) => {
      const [problem, ...others] = findConfigProblems(plugin, { config, onUnknown: null });
      expect(others).toEqual([]);
      expect(problem).toMatchObject({ code: "connection.on_unknown_required", pointer: "/onUnknown" });
      expect(problem!.fix).toContain("set config.keyWindowMs instead");
      expect(findConfigProblems(plugin, { config, onUnknown: "hold" })).toEqual([]);
    },
  );

  it("asks for none where the operator does", () => {
    expect(findConfigProblems(plugin, { config: { keyWindowMs: 60_000 }, onUnknown: null })).toEqual([]);
  });
});
