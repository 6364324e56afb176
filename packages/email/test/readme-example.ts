import { composeMail, createSigner, serveLinks } from "@wend/email";
import { mailAction, senderFields } from "@wend/email/manifest";
import { defineAction, defineManifest, definePlugin, findHttpError, toFetchError } from "@wend/plugin";
import { z } from "zod";

const send = defineAction({ ...mailAction, output: z.object({}), dedupe: { by: "none" } });

const manifest = defineManifest({
  id: "email-post",
  version: "1.0.0",
  contract: 1,
  config: z.object({ url: z.url(), ...senderFields }),
  actions: { send },
  events: ["opened", "clicked", "unsubscribed"],
});

export const emailPost = definePlugin(manifest, async (config, host) => {
  const composer = { sender: config, host, sign: createSigner(host) };
  return {
    actions: {
      send: async (call) => {
        const { from, to, subject, text, html, headers } = await composeMail(composer, call);
        const body = JSON.stringify({ from: from.address, to, subject, text, html, headers });
        const response = await host.fetch(config.url, { method: "POST", body, signal: call.signal }).catch((error) => {
          throw toFetchError(error);
        });
        const fault = findHttpError(response, host.now());
        if (fault !== undefined) throw fault;
        return { output: {} };
      },
    },
    serve: (request) => serveLinks(host, request),
  };
});
