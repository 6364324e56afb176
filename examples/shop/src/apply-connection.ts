import type { WendClient } from "@wend/client";

type Api = WendClient["api"];
type Connection = Parameters<Api["connections"]["create"]["mutate"]>[0];

/** Makes a connection, or gives the one of that key its config. */
export async function applyConnection({ connections }: Api, { key, plugin, ...settings }: Connection): Promise<string> {
  const { items } = await connections.list.query();
  if (items.some((connection) => connection.key === key)) {
    await connections.update.mutate({ connection: key, ...settings });
    return `connection ${key}: up to date`;
  }
  await connections.create.mutate({ key, plugin, ...settings });
  return `connection ${key}: made`;
}
