import { z } from "zod";
import { profileFields } from "../profiles/name.ts";
import { jsonInput, jsonObject } from "../schema/json.ts";
import { sandboxView } from "../schema/sandbox.ts";
import { connectionRef } from "./schema.ts";

const isOne = (given: object): boolean => Object.values(given).filter((value) => value !== undefined).length === 1;

export const testSendRequest = z.strictObject({
  connection: connectionRef,
  action: z.string().min(1).max(100).describe("name of an action of its plugin that writes to an address"),
  input: jsonInput().describe("as a journey writes it, with its templates"),
  profile: z
    .strictObject({ ...profileFields, traits: jsonInput().optional().describe("a sample, of nobody") })
    .refine(isOne, "Invalid input: expected exactly one of id, userId, anonymousId, traits")
    .optional()
    .describe("whom the templates are rendered for"),
  address: z.string().min(1).max(320).describe("one of the connection's `testAddresses`"),
});

export const testSent = z.object({
  output: jsonObject.nullable().describe("what the action returned"),
  providerId: z.string().nullable(),
  idempotencyKey: z.string().describe("begins with `test:`"),
  sandbox: sandboxView.nullable().describe("what the connection's sandbox did with it"),
});
