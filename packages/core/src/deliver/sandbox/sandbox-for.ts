import { isValidAddress } from "@wend/journey";
import type { ActionManifest } from "@wend/plugin";
import type { Sandbox } from "../../connections/delivery-settings.ts";

const recorded: Sandbox = { record: true };

/**
 * What a connection's sandbox does with a delivery of an action; null outside of one. What has no address to change, and
 * what could not be written to the other one, is recorded: its input may name a customer.
 */
export function sandboxFor(sandbox: Sandbox | null, { address }: Pick<ActionManifest, "address">): Sandbox | null {
  if (sandbox === null || !("redirectTo" in sandbox)) return sandbox;
  return address !== undefined && isValidAddress(address, sandbox.redirectTo) ? sandbox : recorded;
}

export const isRecorded = (sandbox: Sandbox | null): boolean => sandbox !== null && "record" in sandbox;

/** The address that a call gets: never the customer's in a sandbox. */
export function addressIn(sandbox: Sandbox | null, address: string | null | undefined): string | undefined {
  if (sandbox === null) return address ?? undefined;
  return "redirectTo" in sandbox ? sandbox.redirectTo : undefined;
}
