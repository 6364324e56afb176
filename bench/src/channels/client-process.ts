import { runChild } from "../shared/run-child.ts";
import { loadCase } from "./cases.ts";
import type { ConnectionConfig, Place } from "./channel-case.ts";
import { perCall } from "./channel-case.ts";
import type { Cohort, Sent } from "./sending.ts";
import { groupsOf, inLanes, measure, trust } from "./sending.ts";

export interface ClientSetup {
  readonly name: string;
  readonly config: ConnectionConfig;
  readonly place: Place;
}

// The vendor's client on its own: what a backend without Wend runs.
runChild<ClientSetup, undefined>(async ({ name, config, place }) => {
  const channel = await loadCase(name);
  trust(channel.trusted);
  const client = await channel.openClient(config, place);
  const send = (cohort: Cohort): Promise<Sent> =>
    measure(() =>
      inLanes(groupsOf(cohort, perCall(channel)), place.concurrency, (customers) => client.send(customers)),
    );
  return { ready: undefined, answers: { send }, stop: async () => client.close?.() };
});
