import { z } from "zod";
import type { Api } from "./api.ts";

const userSchema = z.object({ id: z.int(), email: z.string().nullish(), external_id: z.string().nullish() });
export const userAnswer = z.object({ user: userSchema });
const usersAnswer = z.object({ users: z.array(userSchema) });

export type User = z.infer<typeof userSchema>;

/** By what a customer is known at Zendesk. */
export interface Names {
  readonly address: string;
  readonly externalId: string | undefined;
}

/** The customer's user: by external id, else by address. */
export async function findUser(api: Api, names: Names, signal: AbortSignal): Promise<User | undefined> {
  return (await findByExternalId(api, names.externalId, signal)) ?? findByAddress(api, names.address, signal);
}

export async function findByExternalId(
  api: Api,
  externalId: string | undefined,
  signal: AbortSignal,
): Promise<User | undefined> {
  if (externalId === undefined) return undefined;
  const query = new URLSearchParams({ external_id: externalId });
  const { users } = await api(usersAnswer, { path: `/api/v2/users/search?${query}`, signal });
  return users.find((user) => user.external_id === externalId);
}

async function findByAddress(api: Api, address: string, signal: AbortSignal): Promise<User | undefined> {
  const query = new URLSearchParams({ query: `email:"${address}"` });
  const { users } = await api(usersAnswer, { path: `/api/v2/users/search?${query}`, signal });
  // The search also finds addresses that only begin alike.
  return users.find(({ email }) => email?.toLowerCase() === address.toLowerCase());
}
