import type { Plugin, PluginHost, Served, ServeRequest } from "@wend/plugin";
import type { LinkSample } from "@wend/plugin/testing";
import { describe, expect, test } from "vitest";
import { failuresOf } from "./failures-of.ts";
import { mailbox, mailboxSetup } from "./mailbox.ts";

const delivery = "01980000-0000-7000-8000-000000000001";
const shop = "https://shop.example/tea";
const links: LinkSample[] = [
  { name: "a click", purpose: "go", data: { delivery, url: shop }, path: (token) => `/go/${token}`, leadsTo: shop },
  { name: "to unsubscribe", purpose: "leave", data: { delivery }, path: (token) => `/leave/${token}` },
];

type Serve = (host: PluginHost, asked: ServeRequest) => Served;

const answerOf = (status: number, location?: string) =>
  new Response(null, { status, ...(location !== undefined && { headers: { location } }) });

/** Leads to where a token says, and lets a customer leave by a button. */
const right: Serve = (host, { request, path }) => {
  const [, name = "", token = ""] = /^\/(go|leave)\/(.+)$/.exec(path) ?? [];
  if (name === "") return { response: answerOf(404) };
  const data = host.links.open(name, token);
  if (data === undefined) return { response: answerOf(400) };
  if (name === "go") return { response: answerOf(302, String(data.url)), receipts: [receipt("clicked", data)] };
  return { response: answerOf(200), receipts: request.method === "POST" ? [receipt("unsubscribed", data)] : [] };
};

const receipt = (kind: "clicked" | "unsubscribed", data: object) => ({
  kind,
  about: { deliveryId: delivery },
  id: `${kind}:${JSON.stringify(data)}`.slice(0, 100),
  at: 1,
});

function failures(serve: Serve): Promise<string[]> {
  const plugin: Plugin = {
    manifest: { ...(mailbox as Plugin).manifest, events: ["replied", "clicked", "unsubscribed"] },
    connect: async (config, host) => {
      const connection = await (mailbox as Plugin).connect(config, host);
      return { ...connection, serve: async (asked) => serve(host, asked) };
    },
  };
  return failuresOf({ ...mailboxSetup, plugin, links });
}

test("links that are answered as they should be pass every test", async () => {
  expect(await failures(right)).toEqual([]);
});

const leads = "a link leads where its token says, whatever is asked for besides: a click";
const changes = "following a link tells no more than that it was opened or clicked: to unsubscribe";
const forged = "a link that was changed is answered 400, and tells nothing";

describe("a plugin that does not conform fails the test of what it does wrong", () => {
  test.each<[string, string[], Serve]>([
    [
      "an open redirect",
      [leads],
      (host, asked) => {
        const to = new URL(asked.request.url).searchParams.get("url");
        const served = right(host, asked);
        return to !== null && served.response.status === 302 ? { response: answerOf(302, to) } : served;
      },
    ],
    [
      "a GET that unsubscribes",
      [changes],
      (host, { request, ...asked }) => {
        const leaves = asked.path.startsWith("/leave/");
        return right(host, { ...asked, request: leaves ? new Request(request.url, { method: "POST" }) : request });
      },
    ],
    [
      "a forgery that is answered like what there is not",
      [`${forged}: a click`, `${forged}: to unsubscribe`],
      (host, asked) => {
        const served = right(host, asked);
        return served.response.status === 400 ? { response: answerOf(404) } : served;
      },
    ],
    [
      "a byte outside of the alphabet that is answered like another path",
      [`${forged}: a click`, `${forged}: to unsubscribe`],
      (host, asked) => (/^\/\w+\/[\w.-]+$/.test(asked.path) ? right(host, asked) : { response: answerOf(404) }),
    ],
    [
      "data that is read without its signature",
      [`${forged}: to unsubscribe`],
      (host, asked) => {
        const served = right(host, asked);
        const isForged = served.response.status === 400 && asked.path.startsWith("/leave/");
        return isForged ? { ...served, receipts: [receipt("unsubscribed", {})] } : served;
      },
    ],
  ])("%s", async (_, expected, serve) => {
    expect(await failures(serve)).toEqual(expected);
  });
});
