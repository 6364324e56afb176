import type { Plugin, Received } from "@wend/plugin";
import { defineAction, defineManifest, definePlugin, WendError } from "@wend/plugin";
import { expectTypeOf, test } from "vitest";
import { z } from "zod";
import { close, manifest, open, told } from "./sample.ts";

const absent = async () => ({ outcome: "absent" }) as const;
const opens = async () => ({ output: { number: 1 } });
const closes = async () => ({ output: {} });

test("config, input and output are inferred from the manifest", () => {
  const plugin = definePlugin(manifest, async (config, host) => {
    expectTypeOf(config).toEqualTypeOf<{ url: string; token?: string | undefined; windowMs: number }>();
    expectTypeOf(host.now()).toBeNumber();
    return {
      actions: {
        open: async ({ input, address, signal }) => {
          expectTypeOf(input.subject).toBeString();
          expectTypeOf(address).toEqualTypeOf<string | undefined>();
          expectTypeOf(signal).toEqualTypeOf<AbortSignal>();
          return { output: { number: input.subject.length } };
        },
        close: async ({ input }) => ({ output: {}, providerId: String(input.number + 1) }),
      },
      lookup: absent,
    };
  });
  expectTypeOf(plugin).toExtend<Plugin>();
  expectTypeOf([plugin]).toExtend<readonly Plugin[]>();
});

test("a missing handler does not compile", () => {
  // @ts-expect-error The action close has no handler
  definePlugin(manifest, async () => ({ actions: { open: opens }, lookup: absent }));
});

test("a handler for an unknown action does not compile", () => {
  // @ts-expect-error The manifest declares no action opne
  definePlugin(manifest, async () => ({ actions: { open: opens, close: closes, opne: opens }, lookup: absent }));
});

test("a wrong key of the input does not compile", () => {
  definePlugin(manifest, async () => ({
    // @ts-expect-error Property 'sbject' does not exist
    actions: { open: async ({ input }) => ({ output: { number: input.sbject.length } }), close: closes },
    lookup: absent,
  }));
});

test("an output that the manifest does not allow does not compile", () => {
  // @ts-expect-error number is missing
  definePlugin(manifest, async () => ({ actions: { open: closes, close: closes }, lookup: absent }));
});

test("an action that dedupes by lookup needs the method that answers", () => {
  // @ts-expect-error the connection needs lookup()
  definePlugin(manifest, async () => ({ actions: { open: opens, close: closes } }));
});

test("lookup is optional where no action declares it", () => {
  const natural = defineManifest({ ...manifest, actions: { close } });
  definePlugin(natural, async () => ({ actions: { close: closes } }));
});

test("a secret that config does not have does not compile", () => {
  // @ts-expect-error "tokn" is not a field of config
  defineManifest({ ...manifest, secrets: ["tokn"] });
});

test("a template for a field that input does not have does not compile, in defineAction and inline", () => {
  // @ts-expect-error 'sbject' does not exist
  defineAction({ ...open, templates: { sbject: "text" } });
  const input = z.object({ subject: z.string() });
  // @ts-expect-error 'sbject' does not exist
  defineManifest({ ...manifest, actions: { open: { ...open, input, templates: { sbject: "text" } } } });
});

test("an action without dedupe does not compile", () => {
  const { dedupe: _, ...rest } = open;
  // @ts-expect-error Property 'dedupe' is missing
  defineAction(rest);
});

test("dedupe by key says for how long, itself or by a field of config", () => {
  defineAction({ ...close, dedupe: { by: "key", windowMs: 1 } });
  defineAction({ ...close, dedupe: { by: "key", windowField: "windowMs" } });
  // @ts-expect-error neither windowMs nor windowField
  defineAction({ ...close, dedupe: { by: "key" } });
});

test("a field that an action does not have does not compile, in defineAction and inline", () => {
  // @ts-expect-error An action has no field adress
  defineAction({ ...open, adress: "support" });
  // @ts-expect-error An action has no field rateLimits
  defineAction({ ...open, rateLimits: { perSecond: 1 } });
  // @ts-expect-error rateLimit has no field perMinute
  defineAction({ ...open, rateLimit: { perSecond: 1, perMinute: 1 } });
  // @ts-expect-error batch has no field max
  defineAction({ ...open, batch: { size: 1, max: 1 } });
  // @ts-expect-error dedupe has no field windowFeld
  defineAction({ ...open, dedupe: { by: "key", windowMs: 1, windowFeld: "url" } });
  // @ts-expect-error An action has no field adress
  defineManifest({ ...manifest, actions: { close: { ...close, adress: "support" } } });
});

test("a field that a manifest, its polling or a signal does not have does not compile", () => {
  // @ts-expect-error 'secret' does not exist
  defineManifest({ ...manifest, secret: ["token"] });
  // @ts-expect-error 'every' does not exist
  defineManifest({ ...told, poll: { everyMs: 1_000, every: 1 } });
  // @ts-expect-error A signal has no field tilte
  defineManifest({ ...manifest, signals: { Solved: { title: "It was solved.", data: z.object({}), tilte: "" } } });
});

const closed = { actions: { open: opens, close: closes }, lookup: absent };

test("a method that a connection does not have does not compile", () => {
  // @ts-expect-error A connection has no method chek
  definePlugin(manifest, async () => ({ ...closed, chek: async () => ({ problems: [] }) }));
});

test("a field that no result has does not compile, whatever returns it", () => {
  const misspelt = async () => ({ output: {}, provderId: "p-1" });
  // @ts-expect-error The result of the action close has no field provderId
  definePlugin(manifest, async () => ({ ...closed, actions: { open: opens, close: misspelt } }));
  // @ts-expect-error The result of the action close has no field provderId
  definePlugin(told, async () => ({
    actions: { close: closes },
    batches: { close: async (items) => Promise.all(items.map(misspelt)) },
    receive: async () => ({ proof }),
  }));
  // @ts-expect-error The result of lookup() has no field provderId
  definePlugin(manifest, async () => ({
    ...closed,
    lookup: async () => ({ outcome: "accepted", provderId: "p-1" }) as const,
  }));
  // @ts-expect-error The result of check() has no field problem
  definePlugin(manifest, async () => ({ ...closed, check: async () => ({ problems: [], problem: [] }) }));
  const receipts = [{ kind: "delivered", ...fact, reson: "?" }] as const;
  // @ts-expect-error A receipt of receive() has no field reson
  definePlugin(told, async () => ({
    actions: { close: closes },
    batches: { close: solves },
    receive: async () => ({ proof, receipts }),
  }));
});

test("a result that says all there is to say, or of which nothing is known, compiles", () => {
  definePlugin(told, async () => ({
    actions: { close: async () => ({ output: {}, providerId: "p-1" }) },
    batches: { close: async (items) => items.map(() => ({ error: new WendError("provider.rejected") })) },
    receive: async () => JSON.parse("{}"),
  }));
});

const solves = async () => [{ output: {} }];
const proof = { by: "none" } as const;
const about = { providerId: "p-1" };
const fact = { about, id: "1", at: 0 };

test("items, receipts and signals are inferred from the manifest", () => {
  const plugin = definePlugin(told, async () => ({
    actions: { close: closes },
    batches: {
      close: async (items, signal) => {
        expectTypeOf(signal).toEqualTypeOf<AbortSignal>();
        return items.map(({ input, idempotencyKey }) => ({
          output: {},
          providerId: `${input.number}${idempotencyKey}`,
        }));
      },
    },
    receive: async ({ body }) => {
      expectTypeOf(body).toEqualTypeOf<Uint8Array>();
      return { proof, receipts: [{ kind: "delivered", ...fact }] };
    },
    poll: async (cursor) => ({
      cursor: cursor ?? "0",
      more: false,
      signals: [{ name: "Ticket Solved", ...fact, data: { number: 1 } }],
    }),
    preview: async ({ action, input }) => {
      expectTypeOf(action).toEqualTypeOf<"close">();
      return { parts: 1, bytes: input.number, notes: [] };
    },
  }));
  expectTypeOf(plugin).toExtend<Plugin>();
  expectTypeOf(told.events).toEqualTypeOf<readonly ("delivered" | "opened")[] | undefined>();
});

test("an action that batches needs a handler in batches", () => {
  // @ts-expect-error The action close declares batch: it needs a handler in batches
  definePlugin(told, async () => ({ actions: { close: closes }, receive: async () => ({ proof }) }));
});

test("declared events and signals need a way in", () => {
  // @ts-expect-error The manifest declares events: the connection needs receive(), poll() or serve()
  definePlugin(told, async () => ({ actions: { close: closes }, batches: { close: solves } }));
  const { events: _, ...unheard } = told;
  // @ts-expect-error The manifest declares signals: the connection needs receive(), poll() or serve()
  definePlugin(unheard, async () => ({ actions: { close: closes }, batches: { close: solves } }));
  const { signals: __, ...silent } = unheard;
  definePlugin(silent, async () => ({ actions: { close: closes }, batches: { close: solves } }));
});

test("a receipt of a kind that the manifest does not declare does not compile", () => {
  // @ts-expect-error Type '"clicked"' is not assignable
  definePlugin(told, async () => ({
    actions: { close: closes },
    batches: { close: solves },
    receive: async () => ({ proof, receipts: [{ kind: "clicked", ...fact }] }),
  }));
});

test("a signal that the manifest does not declare does not compile", () => {
  // @ts-expect-error Type '"Ticket Solvd"' is not assignable
  definePlugin(told, async () => ({
    actions: { close: closes },
    batches: { close: solves },
    receive: async () => ({ proof, signals: [{ name: "Ticket Solvd", ...fact, data: { number: 1 } }] }),
  }));
});

test("a signal with the data of another does not compile", () => {
  // @ts-expect-error 'score' is not known, 'number' is missing
  definePlugin(told, async () => ({
    actions: { close: closes },
    batches: { close: solves },
    receive: async () => ({ proof, signals: [{ name: "Ticket Solved", ...fact, data: { score: 1 } }] }),
  }));
});

test("events that are no receipts do not compile", () => {
  // @ts-expect-error '"read"' is not a kind
  defineManifest({ ...told, events: ["read"] });
});

test("what is missing is missed as well beside handlers that take their call apart", () => {
  const solve = async () => ({ output: {} });
  // @ts-expect-error The action close declares batch: it needs a handler in batches
  definePlugin(told, async () => ({
    actions: { close: async ({ input }) => ({ output: {}, providerId: String(input.number) }) },
    receive: async ({ body }) => ({ proof, reply: { body: String(body.length) } }),
  }));
  // @ts-expect-error The manifest declares events: the connection needs receive(), poll() or serve()
  definePlugin(told, async (config) => ({
    actions: { close: solve },
    batches: {
      close: async (items) => items.map(({ input }) => ({ output: {}, providerId: config.url + input.number })),
    },
  }));
});

test("what tells fewer kinds fits where more are declared", () => {
  expectTypeOf<Received<"delivered">>().toExtend<Received<"delivered" | "bounced">>();
});
