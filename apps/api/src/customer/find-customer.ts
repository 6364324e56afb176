import { keyOfHeader } from "@wend/api";
import type { ConnectionRoute, CustomerTokens } from "@wend/core";
import type { Customer } from "@wend/plugin";
import { WendError } from "@wend/plugin";
import { takeTokens } from "./take-tokens.ts";

/** What a request brings to show on whose behalf it is made. */
export interface Shown {
  readonly authorization: string | undefined;
  readonly url: URL;
}

/**
 * Whoever a request's token speaks for. A header that is not good is refused: its sender has to get a new one. A
 * parameter may be something else of the plugin's own; the first good one speaks where there is no header. Every good
 * one is taken off the URL: plugins never see tokens, which other connections may take as well.
 */
export async function findCustomer(
  tokens: CustomerTokens,
  route: ConnectionRoute,
  { authorization, url }: Shown,
): Promise<Customer | undefined> {
  const open = (token: string) => tokens.open(token, route);
  const named = authorization === undefined ? undefined : await open(keyOfHeader(authorization) ?? "");
  if (authorization !== undefined && named === undefined) throw new WendError("auth.invalid_customer_token");
  const [first] = await takeTokens(url, open);
  const profileId = named ?? first;
  return profileId === undefined ? undefined : { profileId };
}
