import type { AnyTRPCProcedure } from "@trpc/server";
import { createApiKey, revokeApiKey } from "@wend/core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { ApiMeta } from "../src/index.ts";
import { apiScopes, appRouter } from "../src/index.ts";
import type { TestApi } from "./harness.ts";
import { mutation, queryRequest, startTestApi } from "./harness.ts";

interface Listed {
  readonly path: string;
  readonly type: string;
  readonly scope: string | null;
}

const procedures: Listed[] = Object.entries<AnyTRPCProcedure>(appRouter._def.procedures as never).map(
  ([path, { _def }]) => ({
    path,
    type: _def.type,
    scope: (_def.meta as ApiMeta).scope,
  }),
);

const scoped = procedures.filter(({ scope }) => scope !== null);

describe("the key of a call", () => {
  let api: TestApi;
  const list = (headers: Record<string, string>) =>
    api.fetch(new Request("http://wend.test/trpc/journeys.list", { headers }));
  const codeOf = async (response: Response) => {
    const { error } = (await response.json()) as { error?: { data: { wend: { code: string } } } };
    return [response.status, error?.data.wend.code];
  };
  const makeKey = async (scopes: string[], kind: "srv" | "pub" = "srv") =>
    (await createApiKey(api.test.store, api.test.workspace.id, { kind, name: "test", scopes })).key;

  beforeAll(async () => {
    api = await startTestApi();
  });
  afterAll(() => api.close());

  it("is taken as a bearer token and as the user name of Basic authentication", async () => {
    const basic = (text: string) => ({ authorization: `Basic ${Buffer.from(text).toString("base64")}` });
    for (const headers of [
      { authorization: `Bearer ${api.key}` },
      { authorization: `bearer  ${api.key} ` },
      basic(`${api.key}:`),
      basic(`${api.key}:anything`),
      basic(api.key),
    ]) {
      expect(await codeOf(await list(headers))).toEqual([200, undefined]);
    }
  });

  it.each([
    ["no header", {}],
    ["another scheme", { authorization: "Digest abc" }],
    ["a scheme alone", { authorization: "Bearer" }],
    ["a Basic user without a name", { authorization: `Basic ${Buffer.from(":secret").toString("base64")}` }],
  ] as [string, Record<string, string>][])("is missed: %s", async (_, headers) => {
    expect(await codeOf(await list(headers))).toEqual([401, "auth.missing_key"]);
  });

  it("is refused when it is unknown, mistyped or revoked, always in the same words", async () => {
    const { id, key } = await createApiKey(api.test.store, api.test.workspace.id, {
      kind: "srv",
      name: "old",
      scopes: ["*"],
    });
    await revokeApiKey(api.test.store, api.test.workspace.id, id);
    const wrong = [key, `${key.slice(0, -1)}_`, "srv_x", key.replace("srv", "pub"), "'; drop table api_keys; --"];
    const errors = [];
    for (const each of wrong) {
      const { error } = await api.query("journeys.list", undefined, each);
      const { requestId: _, ...wend } = error.data.wend;
      errors.push(JSON.stringify(wend));
    }
    expect(new Set(errors).size).toBe(1);
    expect(errors[0]).toContain("auth.invalid_key");
  });

  it("never reads with a pub_ key", async () => {
    const pub = await makeKey(["ingest"], "pub");
    for (const { path, type } of procedures) {
      const request = type === "query" ? queryRequest(path, {}, pub) : mutation(path, {}, pub);
      expect([path, ...(await codeOf(await api.fetch(request)))]).toEqual([path, 403, "auth.forbidden"]);
    }
  });

  it("names a scope of the list for every procedure but the limits, which any srv_ key may read", async () => {
    expect(scoped.length).toBeGreaterThan(15);
    for (const { scope } of scoped) expect(apiScopes).toContain(scope);
    expect(procedures.filter(({ scope }) => scope === null).map(({ path }) => path)).toEqual(["limits.get"]);
    expect((await api.query("limits.get", undefined, await makeKey(["ingest"]))).status).toBe(200);
  });

  it.each(scoped)("needs the scope $scope for $path, before its input is looked at", async ({ path, type, scope }) => {
    const others = apiScopes.filter((each) => each !== scope);
    const without = await makeKey(["ingest", ...others]);
    const nonsense = { nonsense: true };
    const request = (key: string) =>
      type === "query" ? queryRequest(path, nonsense, key) : mutation(path, nonsense, key);
    const refused = await api.fetch(request(without));
    expect(await codeOf(refused.clone())).toEqual([403, "auth.forbidden"]);
    expect(await refused.text()).toContain(`It needs the scope ${scope}.`);
    const admitted = await codeOf(await api.fetch(request(await makeKey([scope!]))));
    expect(admitted[0]).toBeLessThanOrEqual(400);
  });
});
