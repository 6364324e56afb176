import type { PluginManifest } from "@wend/plugin";
import { WendError } from "@wend/plugin";
import { expect, test } from "vitest";
import { z } from "zod";
import { parseFacts } from "../../src/receipt/read/parse-facts.ts";

const get = (): never => {
  throw new Error("s3cret");
};

test.each<[string, unknown]>([
  ["an error", new Error("s3cret")],
  ["an error with a code", new WendError("provider.rejected", { detail: "s3cret" })],
  ["an error with a code of ours", new WendError("plugin.bad_output", { detail: "s3cret" })],
  ["what throws when it is looked at", new Proxy(new Error("s3cret"), { getPrototypeOf: get })],
])("a signal whose schema throws %s is refused by itself, and nothing of it is said", (_, thrown) => {
  const data = z.object({ bad: z.boolean() }).refine(({ bad }) => {
    if (bad) throw thrown;
    return true;
  });
  const manifest = { signals: { Solved: { data } } } as unknown as PluginManifest;
  const solved = (id: string, bad: boolean) => ({
    id,
    name: "Solved",
    about: { userId: "u" },
    at: Date.parse("2026-03-01T00:00:00Z"),
    data: { bad },
  });
  const { facts, refused } = parseFacts(manifest, "c-1", { signals: [solved("1", true), solved("2", false)] as never });
  expect(facts).toMatchObject([{ signal: { id: "2" } }]);
  expect(refused).toEqual(["/data: Its schema throws."]);
});
