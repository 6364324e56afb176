import type { EventFact, Facts, History } from "@wend/journey";
import type { JourneyState } from "../journeys/live-journeys.ts";
import { channelAddresses } from "../suppressions/channel-address.ts";
import type { ProfileWork } from "./profile-work.ts";
import { suppressionKey } from "./profile-work.ts";

const none: readonly EventFact[] = [];

/** What `decide` may know about a profile, for one journey and entry event. Made per decision, so it holds only references. */
export function factsOf(profile: ProfileWork, journey: JourneyState, entry: EventFact | undefined): Facts {
  return {
    profile,
    entry,
    history: historyOf(profile),
    gate: {
      journey: { status: journey.gateStatus },
      consents: profile.consents,
      get suppressed() {
        return suppressedOf(profile);
      },
      connections: journey.connectionFacts,
    },
  };
}

export function historyOf(profile: ProfileWork): History {
  return { events: (name) => profile.history.get(name) ?? none };
}

// Only a send asks for it.
function suppressedOf(profile: ProfileWork): Record<string, string> {
  const facts: Record<string, string> = {};
  if (profile.suppressed.size === 0) return facts;
  for (const { channel, address } of channelAddresses(profile.traits)) {
    const reason = profile.suppressed.get(suppressionKey(channel, address));
    if (reason !== undefined) facts[channel] = reason;
  }
  return facts;
}
