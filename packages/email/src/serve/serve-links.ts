import type { PluginHost, ServeRequest } from "@wend/plugin";
import { serveClick } from "./click.ts";
import type { HeardByVisit } from "./heard-by-visit.ts";
import { servePixel } from "./pixel.ts";
import { serveUnsubscribe } from "./unsubscribe.ts";
import type { Visit } from "./visit.ts";

const routes: { readonly [name: string]: (visit: Visit) => HeardByVisit } = {
  o: servePixel,
  c: serveClick,
  u: serveUnsubscribe,
};

/** Answers the links in mails: `/o/…` the pixel, `/c/…` a click, `/u/…` unsubscribe. */
export async function serveLinks(host: PluginHost, { request, path }: ServeRequest): Promise<HeardByVisit> {
  const [, name = "", token = ""] = /^\/([ocu])\/(.+)$/.exec(path) ?? [];
  const route = Object.hasOwn(routes, name) ? routes[name] : undefined;
  return route?.({ request, token, host }) ?? { response: new Response(null, { status: 404 }) };
}
