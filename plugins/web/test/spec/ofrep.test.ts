import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { SpecJudge } from "@wend/plugin/testing";
import { startSpecJudge } from "@wend/plugin/testing";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { ada, open } from "../open.ts";
import { judgedSpec } from "./judged-spec.ts";
import { serveOverHttp } from "./serve-over-http.ts";

const specFile = join(process.env.WEND_SHARED ?? "nothing", "specs/ofrep.yaml");
const hasSpec = existsSync(specFile);
if (!hasSpec) console.log("skipped: WEND_SHARED names no folder with specs/ofrep.yaml, so nothing is held to it");

describe.runIf(hasSpec)("held to OFREP's own specification", () => {
  let world: Awaited<ReturnType<typeof open>>;
  let server: Awaited<ReturnType<typeof serveOverHttp>>;
  let judge: SpecJudge;
  beforeAll(async () => {
    world = await open();
    server = await serveOverHttp((request) => world.connection.serve!(request) as never, ada);
    judge = await startSpecJudge({ spec: judgedSpec(await readFile(specFile, "utf8")), upstream: server.url });
    const values = { flag: true, text: "tea", count: 3, share: 0.5, tree: { image: "tea", tags: ["a"] } };
    for (const [key, value] of Object.entries(values)) await world.put("slot", { key, value, variant: "v" });
    await world.put("slot", { key: "default" });
    await world.put("slot", { key: "short", value: "x", lifetimeSeconds: 60 });
  }, 60_000);
  afterAll(async () => {
    await judge?.[Symbol.asyncDispose]();
    await server?.[Symbol.asyncDispose]();
  });

  const evaluate = (
    key: string,
    headers: Record<string, string> = {},
    body: unknown = { context: { targetingKey: "a" } },
  ) =>
    fetch(`${judge.url}/ofrep/v1/evaluate/flags${key}`, {
      method: "POST",
      headers: { authorization: "Bearer t", "content-type": "application/json", ...headers },
      body: JSON.stringify(body),
    });
  /** What Prism has to complain of stands in this header, also of an answer that it passes on. */
  const complaints = (response: Response) => response.headers.get("sl-violations");

  test("every kind of value is a legal answer, alone and together", async () => {
    for (const key of ["flag", "text", "count", "share", "tree", "default", "short"]) {
      const one = await evaluate(`/${key}`);
      expect([key, one.status, complaints(one)]).toEqual([key, 200, null]);
      expect(await one.json()).toMatchObject({ key });
    }
    const all = await evaluate("");
    expect([all.status, complaints(all)]).toEqual([200, null]);
    expect(((await all.json()) as { flags: unknown[] }).flags).toHaveLength(7);
    const same = await evaluate("", { "if-none-match": all.headers.get("etag")! });
    expect([same.status, complaints(same)]).toEqual([304, null]);
  });

  test("a flag that is not there is a legal refusal", async () => {
    const none = await evaluate("/none");
    expect([none.status, complaints(none)]).toEqual([404, null]);
  });

  test("the judge refuses a request that is not legal", async () => {
    expect((await evaluate("/flag", {}, { context: {} })).status).toBe(422);
  });
});
