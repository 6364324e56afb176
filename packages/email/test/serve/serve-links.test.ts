import { serveLinks } from "@wend/email";
import type { PluginHost } from "@wend/plugin";
import { createTestHost } from "@wend/plugin/testing";
import { describe, expect, test } from "vitest";
import { deliveryId, openComposer } from "../compose.ts";

const browser = { "user-agent": "Mozilla/5.0 (X11; Linux x86_64) Firefox/140.0", accept: "*/*" };
const sentAt = Date.UTC(2026, 0, 2, 3, 4, 5);
const hour = 3_600_000;

interface Ask {
  readonly method?: string;
  readonly headers?: { readonly [name: string]: string };
  readonly body?: string;
}

/** A mail that went out, and what its links answer an hour later. */
async function sent(parts: Partial<PluginHost> = {}, target = "https://shop.test/?a=1&amp;b=2") {
  let now = sentAt;
  const { host, compose } = openComposer({ trackOpens: true, trackClicks: true }, { now: () => now, ...parts });
  const html = `<a href="${target}">x</a> <a href="wend:unsubscribe">leave</a>`;
  const mail = await compose({ subject: "Hello", html, text: "Leave: wend:unsubscribe" });
  const link = (path: string) =>
    new RegExp(`https://wend\\.test/c/connection/${path}/[\\w.-]+`).exec(mail.html ?? "")?.[0] ?? "";
  const ask = async (url: string, { method = "GET", headers = browser, body }: Ask = {}) => {
    const request = new Request(url, { method, headers, ...(body !== undefined && { body }) });
    const path = url.slice("https://wend.test/c/connection".length);
    return serveLinks(host, { request, path, customer: undefined, signal: new AbortController().signal });
  };
  return {
    ...mail,
    link,
    ask,
    at: (time: number) => {
      now = time;
    },
  };
}

async function later() {
  const mail = await sent();
  mail.at(sentAt + hour);
  return mail;
}

describe("the pixel", () => {
  test("is an image, and tells that a person has opened the mail", async () => {
    const mail = await later();
    const { response, receipts } = await mail.ask(mail.link("o"));
    expect(response.status).toBe(200);
    expect(response.headers.get("content-type")).toBe("image/gif");
    expect((await response.bytes()).subarray(0, 3)).toEqual(new Uint8Array(Buffer.from("GIF")));
    expect(receipts).toEqual([{ kind: "opened", about: { deliveryId }, id: expect.any(String), at: sentAt + hour }]);
  });

  test.each<[string, Ask]>([
    ["Apple Mail Privacy Protection", { headers: { "user-agent": "Mozilla/5.0", accept: "*/*" } }],
    ["a mail gateway", { headers: { ...browser, "user-agent": "Mozilla/5.0 (compatible; Mimecast)" } }],
    ["a crawler", { headers: { ...browser, "user-agent": "Mozilla/5.0 (compatible; Googlebot/2.1)" } }],
    ["a program", { headers: { ...browser, "user-agent": "python-requests/2.32" } }],
    ["a prefetch", { headers: { ...browser, "sec-purpose": "prefetch" } }],
    ["a request without an accept header", { headers: { "user-agent": browser["user-agent"] } }],
    ["a request without an agent", { headers: { accept: "*/*" } }],
    ["HEAD", { method: "HEAD" }],
  ])("is loaded by %s: a machine", async (_who, asked) => {
    const mail = await later();
    expect((await mail.ask(mail.link("o"), asked)).receipts).toMatchObject([{ kind: "opened", machine: true }]);
  });

  test.each([
    ["Gmail's proxy", "Mozilla/5.0 (Windows NT 5.1; rv:11.0) Gecko Firefox/11.0 (via ggpht.com GoogleImageProxy)"],
    ["Yahoo's proxy", "YahooMailProxy; https://help.yahoo.com/kb/yahoo-mail-proxy-SLN28749.html"],
    ["Outlook", "Mozilla/4.0 (compatible; ms-office; MSOffice 16)"],
    ["an iPhone", "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko)"],
  ])("is loaded by %s: a person", async (_who, agent) => {
    const mail = await later();
    const { receipts } = await mail.ask(mail.link("o"), { headers: { "user-agent": agent, accept: "image/*" } });
    expect(receipts?.[0]).not.toHaveProperty("machine");
  });

  test("is loaded within five seconds of sending: a machine, and not the same receipt as a person's", async () => {
    const mail = await sent();
    mail.at(sentAt + 4_999);
    const soon = (await mail.ask(mail.link("o"))).receipts?.[0];
    mail.at(sentAt + 5_001);
    const then = (await mail.ask(mail.link("o"))).receipts?.[0];
    expect(soon).toMatchObject({ machine: true });
    expect(then).not.toHaveProperty("machine");
    expect(then?.id).not.toBe(soon?.id);
  });
});

describe("a click", () => {
  test("leads where the author said, and is told", async () => {
    const mail = await later();
    const { response, receipts } = await mail.ask(mail.link("c"));
    expect(response.status).toBe(302);
    expect(response.headers.get("location")).toBe("https://shop.test/?a=1&b=2");
    expect(receipts).toMatchObject([{ kind: "clicked", about: { deliveryId }, url: "https://shop.test/?a=1&b=2" }]);
  });

  test.each([
    ["https://shop.test/日本", "https://shop.test/%E6%97%A5%E6%9C%AC"],
    ["https://shop.test/ü?q=ä#é", "https://shop.test/%C3%BC?q=%C3%A4#%C3%A9"],
    ["https://shop.test/a\nb", "https://shop.test/ab"],
    ["https://bücher.test/", "https://xn--bcher-kva.test/"],
    ["HTTPS://shop.test/a b", "https://shop.test/a%20b"],
  ])("leads to %j as a browser reads it, and so does a link signed as it was written", async (written, location) => {
    const { links } = createTestHost();
    const mail = await sent({ links }, written);
    const asWritten = links.sign("click", { d: deliveryId, t: 0, u: written });
    for (const url of [mail.link("c"), `https://wend.test/c/connection/c/${asWritten}`]) {
      const { response, receipts } = await mail.ask(url);
      expect([response.status, response.headers.get("location")]).toEqual([302, location]);
      expect(receipts).toMatchObject([{ kind: "clicked", about: { deliveryId }, url: location }]);
    }
  });

  test("leads nowhere else, whatever is added to it", async () => {
    const mail = await later();
    const { response } = await mail.ask(`${mail.link("c")}?u=https://evil.test/`.replace("?", "%3F"));
    expect([response.status, response.headers.get("location")]).toEqual([400, null]);
  });

  test("asked about by HEAD has not happened", async () => {
    const mail = await later();
    const { response, receipts } = await mail.ask(mail.link("c"), { method: "HEAD" });
    expect(response.status).toBe(302);
    expect(receipts).toBeUndefined();
  });

  test("of a link that leads to no website is refused", async () => {
    const host = createTestHost();
    const mail = await sent({ links: host.links });
    for (const u of ["javascript:alert(1)", "data:text/html,x", "//evil.test/", "https://", "https://a b/", ""]) {
      const url = `https://wend.test/c/connection/c/${host.links.sign("click", { d: deliveryId, t: 0, u })}`;
      expect((await mail.ask(url)).response.status).toBe(400);
    }
  });
});

describe("unsubscribe", () => {
  test("asks first: following the link changes nothing", async () => {
    const mail = await later();
    for (const method of ["GET", "HEAD"]) {
      const { response, receipts } = await mail.ask(mail.link("u"), { method });
      expect(response.status).toBe(200);
      expect(receipts).toBeUndefined();
    }
  });

  test("shows a page with a language, a title, one heading, a form and a button", async () => {
    const mail = await later();
    const { response } = await mail.ask(mail.link("u"));
    const page = await response.text();
    expect(page).toMatch(/^<!doctype html>\n<html lang="en">/);
    expect(page).toContain("<title>Unsubscribe</title>");
    expect(page.match(/<h1>/g)).toHaveLength(1);
    expect(page).toContain("<main>");
    expect(page).toMatch(/<form method="post"><button type="submit">/);
    expect(response.headers.get("content-security-policy")).toContain("default-src 'none'");
  });

  test.each(["List-Unsubscribe=One-Click", ""])("posted with %j is done", async (body) => {
    const mail = await later();
    const headers = { "content-type": "application/x-www-form-urlencoded" };
    const { response, receipts } = await mail.ask(mail.link("u"), { method: "POST", headers, body });
    expect(response.status).toBe(200);
    expect(receipts).toEqual([
      { kind: "unsubscribed", about: { deliveryId }, id: expect.any(String), at: sentAt + hour },
    ]);
  });

  test("posted again after a second is said again, for who has come back in between", async () => {
    const mail = await later();
    const idAt = async (time: number) => {
      mail.at(time);
      return (await mail.ask(mail.link("u"), { method: "POST" })).receipts?.[0]?.id;
    };
    const first = await idAt(sentAt + hour);
    expect(await idAt(sentAt + hour + 300)).toBe(first);
    expect(await idAt(sentAt + hour + 1_000)).not.toBe(first);
  });

  test("stands in the text, in the HTML and in the header as one link", async () => {
    const mail = await later();
    const link = mail.link("u");
    expect(mail.text).toBe(`Leave: ${link}`);
    expect(mail.html).toContain(`<a href="${link}">leave</a>`);
    expect(mail.headers["List-Unsubscribe"]).toBe(`<${link}>`);
  });
});

test.each(["o", "c", "u"])(
  "a token at /%s that was changed, is another's or for another purpose is refused",
  async (path) => {
    const mail = await later();
    const other = await later();
    const [purposes, link] = [["o", "c", "u"].filter((one) => one !== path), mail.link(path)];
    const dot = link.lastIndexOf(".");
    const forged = [
      link.slice(0, -1),
      `${link}x`,
      link.slice(0, dot),
      `${link.slice(0, dot - 2)}xx${link.slice(dot)}`,
      other.link(path),
      // Whatever byte it is, on whatever way it was lost.
      ...["=", "~", ",", ")", "/", "/x", "%00", "%2e", "%20", "\u00e9"].map((odd) => link + odd),
      `${link.slice(0, dot - 9)}~${link.slice(dot - 8)}`,
      ...purposes.map((purpose) => link.slice(0, link.lastIndexOf("/") + 1) + mail.link(purpose).split("/").at(-1)),
    ];
    for (const url of forged) {
      for (const method of ["GET", "HEAD", ...(path === "u" ? ["POST"] : [])]) {
        const { response, receipts } = await mail.ask(url, { method });
        expect(`${response.status} ${url}`).toBe(`400 ${url}`);
        expect(receipts).toBeUndefined();
      }
    }
  },
);

test.each([
  ["o", "POST"],
  ["c", "POST"],
  ["u", "DELETE"],
])("/%s does not take %s", async (path, method) => {
  const mail = await later();
  const { response, receipts } = await mail.ask(mail.link(path), { method });
  expect([response.status, receipts]).toEqual([405, undefined]);
});

test.each(["", "/", "/o", "/o/", "/x/token", "/oc/token", "/c/", "//"])("%j is no link", async (path) => {
  const mail = await sent();
  const { response } = await mail.ask(`https://wend.test/c/connection${path}`);
  expect(response.status).toBe(404);
});
