import { WendError } from "@wend/plugin";
import { describe, expect, it } from "vitest";
import type { ConnectionChange } from "../../src/connections/update-connection.ts";
import { updateConnection } from "../../src/connections/update-connection.ts";
import { createWorld } from "../deliver/world.ts";

const faultsOf = async (work: Promise<unknown>): Promise<(string | undefined)[]> => {
  const error = await work.catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(WendError);
  expect((error as WendError).code).toBe("connection.invalid_config");
  return (error as WendError).problems!.map(({ pointer }) => pointer).toSorted();
};

const wrong = {
  dailyQuota: 0,
  warmUp: { startsOn: "2026-02-30", perDay: [10, 0] },
  perDomain: { "Gmail.com": 5, "x.test": 0 },
  sandbox: { redirectTo: "a@b.example, c@d.example" },
  testAddresses: ["fine@operator.example", "nobody"],
};
const pointers = [
  "/dailyQuota",
  "/perDomain/Gmail.com",
  "/perDomain/x.test",
  "/sandbox/redirectTo",
  "/testAddresses/1",
  "/warmUp/perDay/1",
  "/warmUp/startsOn",
];

describe("what an operator sets on a connection", () => {
  it("is refused with every fault at once when it is made, and when it is changed", async () => {
    await expect(faultsOf(createWorld({ address: "email", connection: wrong as never }))).resolves.toEqual(pointers);
    const { inTest, plugins, secrets } = await createWorld({ address: "email" });
    const change = inTest((tx) =>
      updateConnection(tx, { plugins, secrets }, { connection: "sink", ...wrong } as never),
    );
    await expect(faultsOf(change)).resolves.toEqual(pointers);
  });

  it.each([
    ["both ways of a sandbox", { sandbox: { redirectTo: "a@b.example", record: true } }, "/sandbox"],
    ["a sandbox that records nothing", { sandbox: { record: false } }, "/sandbox"],
    ["no address to redirect to", { sandbox: { redirectTo: "" } }, "/sandbox/redirectTo"],
    ["a phone number for e-mail", { sandbox: { redirectTo: "+491701234567" } }, "/sandbox/redirectTo"],
    ["a warm-up without days", { warmUp: { startsOn: "2026-03-01", perDay: [] } }, "/warmUp/perDay"],
    ["a pattern of domains", { perDomain: { "*.example": 1 } }, "/perDomain/*.example"],
  ])("is refused: %s", async (_, connection, pointer) => {
    const made = createWorld({ address: "email", connection: connection as never });
    await expect(faultsOf(made)).resolves.toEqual([pointer]);
  });

  it("is shown as it was set; a change leaves alone what it does not name, and null or nothing takes away", async () => {
    const settings = {
      dailyQuota: 100,
      warmUp: { startsOn: "2026-03-01", perDay: [10, 20] },
      perDomain: { "gmail.com": 5, "*": 50 },
      sandbox: { redirectTo: "ops@operator.example" },
      testAddresses: ["ops@operator.example"],
    };
    const { connection, inTest, plugins, secrets } = await createWorld({ address: "email", connection: settings });
    expect(connection).toMatchObject(settings);
    const update = (change: Omit<ConnectionChange, "connection">) =>
      inTest((tx) => updateConnection(tx, { plugins, secrets }, { connection: "sink", ...change }));
    expect(await update({ dailyQuota: 200 })).toMatchObject({ ...settings, dailyQuota: 200 });
    expect(await update({ warmUp: null, perDomain: {}, sandbox: { record: true }, testAddresses: [] })).toMatchObject({
      dailyQuota: 200,
      warmUp: null,
      perDomain: {},
      sandbox: { record: true },
      testAddresses: [],
    });
  });
});
