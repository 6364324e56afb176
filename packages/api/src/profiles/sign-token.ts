import type { CustomerToken, CustomerTokens, Tx } from "@wend/core";
import { findConnection, resolveProfileId } from "@wend/core";
import { WendError } from "@wend/plugin";
import type { z } from "zod";
import { profileName } from "./name.ts";
import type { tokenRequest } from "./schema.ts";

export async function signToken(
  tx: Tx,
  tokens: CustomerTokens,
  { profile, connection, expiresInSeconds }: z.output<typeof tokenRequest>,
): Promise<CustomerToken> {
  const profileId = await resolveProfileId(tx, profileName(profile));
  const connectionId = connection === undefined ? undefined : await connectionIdOf(tx, connection);
  return tokens.sign(tx, { profileId, connectionId, expiresInSeconds });
}

async function connectionIdOf(tx: Tx, idOrKey: string): Promise<string> {
  const found = await findConnection(tx, idOrKey);
  if (!found) throw new WendError("connection.not_found", { pointer: "/connection" });
  return found.id;
}
