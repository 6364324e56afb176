import type { Signal } from "@wend/plugin";
import type { ChannelAddress } from "../../suppressions/channel-address.ts";
import { channelsOf, normalAddress } from "../../suppressions/channel-address.ts";
import type { Fact } from "../fact.ts";

/** The address that a signal takes an unsubscription of back; undefined for every other fact. */
export function findResubscribed(fact: Fact, channel: string): ChannelAddress | undefined {
  if (fact.kind !== "signal" || fact.resubscribes !== true) return undefined;
  const about: Signal["about"] = fact.signal.about;
  if (!("kind" in about) || !channelsOf(about.kind).includes(channel)) return undefined;
  return { channel, address: about.address };
}

/**
 * Facts of one batch without the STOP or START of an address that the contrary has followed, by the provider's clock. Of
 * the same instant STOP counts. Whatever else is said of an address is left as it is.
 */
export function keepLastWords(facts: readonly Fact[], channel: string): Fact[] {
  const last = new Map<string, Word>();
  const words = facts.flatMap((fact) => findWord(fact, channel) ?? []);
  for (const word of words) {
    const before = last.get(word.address);
    if (before === undefined || isLater(word, before)) last.set(word.address, word);
  }
  const overruled = new Set(
    words.filter((word) => last.get(word.address)!.stops !== word.stops).map(({ fact }) => fact),
  );
  return facts.filter((fact) => !overruled.has(fact));
}

interface Word {
  readonly fact: Fact;
  /** In one spelling. */
  readonly address: string;
  readonly at: number;
  readonly stops: boolean;
}

function findWord(fact: Fact, channel: string): Word | undefined {
  const started = findResubscribed(fact, channel);
  if (started !== undefined && fact.kind === "signal") {
    return { fact, address: normalAddress(started), at: fact.signal.at, stops: false };
  }
  if (fact.kind !== "receipt" || fact.receipt.kind !== "unsubscribed" || !("address" in fact.receipt.about)) return;
  const { about, at } = fact.receipt;
  return { fact, address: normalAddress({ channel, address: about.address }), at, stops: true };
}

const isLater = (one: Word, other: Word): boolean => one.at > other.at || (one.at === other.at && one.stops);
