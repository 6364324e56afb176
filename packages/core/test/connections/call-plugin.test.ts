import { WendError } from "@wend/plugin";
import { pino } from "pino";
import { beforeEach, describe, expect, it } from "vitest";
import type { PluginCall } from "../../src/connections/call-plugin.ts";
import { callPlugin } from "../../src/connections/call-plugin.ts";

const logged: string[] = [];
const log = pino({ level: "trace" }, { write: (line: string) => void logged.push(line) });
const call: PluginCall = { plugin: "acme", connectionId: "c-1", timeoutMs: 10_000, log };
beforeEach(() => {
  logged.length = 0;
});

const thrownBy = (work: (signal: AbortSignal) => Promise<unknown>, on: Partial<PluginCall> = {}) =>
  callPlugin({ ...call, ...on }, work).catch((error: unknown) => error);

const secret = new Error("s3cret");

describe("what a plugin throws", () => {
  it("keeps its code and what it says of itself, and loses its cause", async () => {
    const said = { detail: "d", pointer: "/p", problems: [], retryAfterMs: 7 };
    const thrown = await thrownBy(async () => {
      throw new WendError("provider.rate_limited", { ...said, cause: secret });
    });
    expect(thrown).toBeInstanceOf(WendError);
    expect(thrown).toMatchObject({ code: "provider.rate_limited", ...said, cause: undefined });
    expect(logged).toEqual([]);
  });

  const withCode = (code: PropertyDescriptor) =>
    Object.defineProperty(new WendError("provider.rejected"), "code", code);
  const throwAtOnce = () => {
    throw secret;
  };
  it.each<[string, () => Promise<unknown>]>([
    ["at once", throwAtOnce],
    ["later", () => Promise.reject(secret)],
    ["as no error at all", () => Promise.reject("s3cret")],
    [
      "with a stack that throws",
      () => Promise.reject(Object.defineProperty(new Error("a"), "stack", { get: throwAtOnce })),
    ],
    ["as a proxy that throws", () => Promise.reject(new Proxy(secret, { getPrototypeOf: throwAtOnce }))],
    ["with a code that throws", () => Promise.reject(withCode({ get: throwAtOnce }))],
    ["with a code that is none", () => Promise.reject(withCode({ value: "s3cret" }))],
  ])("without a code is a crash (%s), of which the log has the place alone", async (_, fail) => {
    const thrown = await thrownBy(fail);
    expect(thrown).toMatchObject({ code: "plugin.crashed", cause: undefined });
    expect(logged).toHaveLength(1);
    expect(JSON.parse(logged[0]!)).toMatchObject({ plugin: "acme", connectionId: "c-1", msg: "a plugin crashed" });
    expect(logged[0]).not.toContain("s3cret");
  });

  it("because its time was up is a timeout, whatever it calls it", async () => {
    const obey = (signal: AbortSignal) =>
      new Promise((_, reject) => signal.addEventListener("abort", () => reject(secret)));
    expect(await thrownBy(obey, { timeoutMs: 10 })).toMatchObject({ code: "plugin.timeout" });
    expect(logged).toEqual([]);
  });

  it("when nobody waits any more is nobody's fault", async () => {
    const stop = new AbortController();
    const thrown = await thrownBy(
      async () => {
        stop.abort("left");
        throw secret;
      },
      { stop: stop.signal },
    );
    expect([thrown, logged]).toEqual(["left", []]);
  });
});
