import type { Received } from "@wend/plugin";
import { WendError } from "@wend/plugin";

/** How far the time that a provider signed may be from now, either way. */
const signedWithinMs = 5 * 60_000;

export interface ProofRules {
  readonly now: number;
  /** The operator lets the connection take what nobody signed. */
  readonly acceptsUnsigned: boolean;
}

/** What is the same only for the same request. */
export interface Nonce {
  readonly text: string;
  /** Whether an old request is refused for its age. */
  readonly timed: boolean;
}

/** Gives back what must be new, if there is such a thing. Throws `webhook.refused`. */
export function checkProof(proof: Received["proof"], { now, acceptsUnsigned }: ProofRules): Nonce | undefined {
  if (proof?.by === "none") {
    if (!acceptsUnsigned) throw refused("It is not signed, and the connection does not accept that.");
    return undefined;
  }
  if (proof?.by !== "signature" || typeof proof.nonce !== "string" || proof.nonce === "") {
    throw new WendError("plugin.bad_output", { detail: "receive() says how a webhook was shown to be genuine." });
  }
  // Written so that a time that is no number is refused too.
  const inTime = proof.signedAt === undefined || Math.abs(now - proof.signedAt) <= signedWithinMs;
  if (!inTime) throw refused("It was signed more than five minutes before or after now.");
  return { text: proof.nonce, timed: proof.signedAt !== undefined };
}

const refused = (detail: string) => new WendError("webhook.refused", { detail });
