import { expect, test } from "vitest";
import { open } from "../open.ts";

const paths = [
  "/inbox",
  "/inbox/1/read",
  "/stream",
  "/ofrep/v1/evaluate/flags",
  "/ofrep/v1/evaluate/flags/a",
  "/push/key",
];

test.each(paths)("a browser may ask for %s from any page, with a token in a header", async (path) => {
  const { ask } = await open();
  const { response } = await ask("OPTIONS", path, { as: null, headers: { origin: "https://shop.example" } });
  expect(response.status).toBe(204);
  expect(Object.fromEntries(response.headers)).toMatchObject({
    "access-control-allow-origin": "*",
    "access-control-allow-headers": expect.stringContaining("authorization"),
    "access-control-allow-methods": "GET, POST",
  });
});

test("answers and refusals alike can be read by the page", async () => {
  const { ask } = await open();
  for (const as of [undefined, null]) {
    const { response } = await ask("GET", "/inbox", as === null ? { as } : {});
    expect([response.status, response.headers.get("access-control-allow-origin")]).toEqual([
      as === null ? 401 : 200,
      "*",
    ]);
  }
});

test("a connection that names its pages lets others read nothing", async () => {
  const { ask } = await open({ origins: ["https://shop.example", "https://app.example"] });
  const originOf = async (origin: string) => {
    const { response } = await ask("GET", "/inbox", { headers: { origin } });
    return [response.headers.get("access-control-allow-origin"), response.headers.get("vary")];
  };
  expect(await originOf("https://app.example")).toEqual(["https://app.example", "origin"]);
  expect(await originOf("https://evil.example")).toEqual([null, "origin"]);
});

test.each([
  ["PUT", "/inbox", 405],
  ["POST", "/stream", 405],
  ["GET", "/ofrep/v1/evaluate/flags", 405],
  ["GET", "/inbox/", 404],
  ["POST", "/inbox/1/open", 404],
  ["GET", "", 404],
])("%s %s is answered %i", async (method, path, status) => {
  const { response } = await (await open()).ask(method, path);
  expect(response.status).toBe(status);
  expect(response.headers.get("content-type")).toBe("application/problem+json");
});
