import { isValidAddress } from "@wend/journey";
import type { ActionManifest } from "@wend/plugin";
import type { Sandbox } from "../../connections/delivery-settings.ts";

const recorded: Sandbox = { record: true };

/** What tells whether another address is enough to keep a call from its customer. */
export type Addressed = Pick<ActionManifest, "address" | "addressOnly">;

/** Whether a call reaches whoever has its address, and nobody else: any other one may find a customer by its input. */
export const goesByAddress = (action: Addressed): action is Addressed & Required<Pick<Addressed, "address">> =>
  action.address !== undefined && action.addressOnly === true;

/**
 * What a connection's sandbox does with a delivery of an action; null outside of one. What does not go by its address
 * alone, and what could not be written to the other one, is recorded.
 */
export function sandboxFor(sandbox: Sandbox | null, action: Addressed): Sandbox | null {
  if (sandbox === null || !("redirectTo" in sandbox)) return sandbox;
  return goesByAddress(action) && isValidAddress(action.address, sandbox.redirectTo) ? sandbox : recorded;
}

export const isRecorded = (sandbox: Sandbox | null): boolean => sandbox !== null && "record" in sandbox;

/** The address that a call gets: never the customer's in a sandbox. */
export function addressIn(sandbox: Sandbox | null, address: string | null | undefined): string | undefined {
  if (sandbox === null) return address ?? undefined;
  return "redirectTo" in sandbox ? sandbox.redirectTo : undefined;
}
