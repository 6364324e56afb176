import { EventEmitter } from "node:events";
import { connect } from "node:net";
import type { PluginHost } from "@wend/plugin";
import { defineAction, definePlugin, WendError } from "@wend/plugin";
import { z } from "zod";

type Stray = (secret: string, host: PluginHost) => void;

/** Ways to leave an error to nobody, each with a secret in all that can be said of it. */
const strays: Readonly<Record<string, Stray>> = {
  float: (secret) => void Promise.reject(new Error(secret)),
  timer: (secret) => {
    setTimeout(() => {
      throw Object.assign(new Error(`${secret}\n    at ${secret} (/tmp/a.js:1:1)\n${secret}`), { code: secret });
    });
  },
  listener: (secret) => {
    const emitter = new EventEmitter().on("later", () => {
      throw new WendError("provider.rejected", { detail: secret, cause: new Error(secret) });
    });
    setImmediate(() => emitter.emit("later"));
  },
  text: (secret) => {
    process.nextTick(() => {
      throw secret;
    });
  },
  // What runs its own code when it is looked at, or names a file that is none.
  getter: (secret) => {
    const get = () => {
      throw new Error(secret);
    };
    void Promise.reject(Object.defineProperty(new Error(secret), "stack", { get }));
  },
  proxy: (secret) => {
    const getPrototypeOf = () => {
      throw new Error(secret);
    };
    void Promise.reject(new Proxy(new Error(secret), { getPrototypeOf }));
  },
  remote: (secret) => {
    const stack = `Error: ${secret}\n    at work (file://remote/a.js:1:2)`;
    void Promise.reject(Object.assign(new Error(secret), { stack }));
  },
  // Nobody's code but the platform's stands on the stack.
  socket: (secret) => void connect({ path: `/nowhere/${secret}` }),
  // Nobody's but the host's.
  host: (secret, host) => void host.fetch(`http://169.254.169.254/${secret}`),
};

export const strayNames = Object.keys(strays);

// In no call: only the stack tells whose it is.
process.on("SIGUSR2", () => strays.float?.("s3cret", {} as PluginHost));

/** Leaves strays when a browser asks for one by its name, and all of them with each poll. */
export default definePlugin(
  {
    id: "stray",
    version: "1.0.0",
    contract: 1,
    config: z.object({ token: z.string() }),
    secrets: ["token"],
    poll: { everyMs: 1_000 },
    actions: {
      show: defineAction({
        title: "Shows one.",
        input: z.object({}),
        output: z.object({}),
        channel: "web",
        purpose: "transactional",
        dedupe: { by: "natural" },
      }),
    },
  },
  async ({ token }, host) => ({
    actions: { show: async () => ({ output: {} }) },
    poll: async () => {
      for (const leave of Object.values(strays)) leave(token, host);
      return { cursor: "1", more: false };
    },
    serve: async ({ path }) => {
      strays[path.slice(1)]?.(token, host);
      return { response: new Response("well") };
    },
  }),
);
