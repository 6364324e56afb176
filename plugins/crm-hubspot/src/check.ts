import type { CheckResult, Problem } from "@wend/plugin";
import { toProblem, WendError } from "@wend/plugin";
import { z } from "zod";
import type { HubspotClient } from "./client.ts";
import type { Config } from "./config.ts";
import { parseAnswer } from "./parse-answer.ts";
import type { NamedProperty, RequiredProperty } from "./required-properties.ts";
import { namedProperties, requiredProperties } from "./required-properties.ts";

/** Asks for every property that is written; creates none. Tells of a missing one how to create it. */
export async function check(client: HubspotClient, config: Config, signal: AbortSignal): Promise<CheckResult> {
  try {
    const problems: Problem[] = [];
    for (const property of requiredProperties(config)) problems.push(...(await judge(client, property, signal)));
    for (const property of namedProperties(config)) problems.push(...(await judgeNamed(client, property, signal)));
    return { problems };
  } catch (error) {
    if (!(error instanceof WendError)) throw error;
    return { problems: [toProblem(error, error.code === "provider.unauthorized" ? "/token" : "/apiUrl")] };
  }
}

async function judge(client: HubspotClient, property: RequiredProperty, signal: AbortSignal): Promise<Problem[]> {
  const { object, name, isUnique, neededBy } = property;
  const found = await findProperty(client, property, signal);
  if (found === undefined) {
    const message = `The HubSpot account has no property ${name} of ${object}; ${neededBy} needs it.`;
    return [{ code: "provider.rejected", pointer: "", message, fix: `Create it: ${howToCreate(property)}` }];
  }
  const { hasUniqueValue } = parseAnswer(z.object({ hasUniqueValue: z.boolean().default(false) }), found);
  if (!isUnique || hasUniqueValue) return [];
  const message = `The property ${name} of ${object} does not require unique values; ${neededBy} needs that.`;
  const fix = `HubSpot cannot change that later. Delete the property and create it anew: ${howToCreate(property)}`;
  return [{ code: "provider.rejected", pointer: "", message, fix }];
}

async function judgeNamed(client: HubspotClient, property: NamedProperty, signal: AbortSignal): Promise<Problem[]> {
  const { object, name, pointer } = property;
  if ((await findProperty(client, property, signal)) !== undefined) return [];
  const message = `The HubSpot account has no property ${name} of ${object}.`;
  return [{ code: "provider.rejected", pointer, message, fix: "Correct its internal name, or create it in HubSpot." }];
}

const findProperty = (
  client: HubspotClient,
  { object, name }: { readonly object: string; readonly name: string },
  signal: AbortSignal,
) => client.find({ method: "GET", path: `/crm/v3/properties/${object}/${name}`, signal });

function howToCreate({ object, name, label, type, groupName, isUnique }: RequiredProperty): string {
  const fieldType = type === "datetime" ? "date" : "text";
  const body = { name, label, type, fieldType, groupName, ...(isUnique && { hasUniqueValue: true }) };
  return `POST /crm/v3/properties/${object} ${JSON.stringify(body)}`;
}
