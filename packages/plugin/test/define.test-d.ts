import type { Plugin } from "@wend/plugin";
import { defineAction, defineManifest, definePlugin } from "@wend/plugin";
import { expectTypeOf, test } from "vitest";
import { z } from "zod";
import { close, manifest, open } from "./sample.ts";

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
