import type { WendClient } from "@wend/client";
import { createClient } from "@wend/client";
import type { Store } from "@wend/core";
import { connectStore, createApiKey } from "@wend/core";
import type { JourneyDefinition } from "@wend/journey";
import type { Fleet } from "../process/fleet.ts";
import { startFleet } from "../process/fleet.ts";
import type { Member } from "../process/member.ts";
import { startMember } from "../process/member.ts";
import type { Sink } from "../sink/sink.ts";
import { openSink } from "../sink/sink.ts";
import type { WorkerSetup } from "../worker/worker-process.ts";
import type { ApiReady } from "./api-process.ts";
import { sinkNames } from "./customers.ts";
import type { Place } from "./place.ts";

/** Everything a drill plays on, each part a process of its own: sink, API, workers. */
export interface Stage {
  readonly place: Place;
  readonly sink: Sink;
  readonly api: Member<ApiReady>;
  readonly workers: Fleet;
  readonly client: WendClient;
  /** A key for the API, with every scope. */
  readonly key: string;
  /** For looking, never for what is drilled. */
  readonly store: Store;
  close(): Promise<void>;
}

export interface StageOptions {
  readonly journey: JourneyDefinition;
  readonly workers: number;
  readonly answerMs: number;
}

// What is drilled makes them warn all the time.
const logLevel = "fatal";

/** Starts all processes, and sets up connections and journey over the API. */
export async function openStage(place: Place, options: StageOptions): Promise<Stage> {
  const opened: { close(): Promise<void> }[] = [];
  const keep = <T extends { close(): Promise<void> }>(thing: T): T => {
    opened.unshift(thing);
    return thing;
  };
  const close = async (): Promise<void> => {
    for (const thing of opened) await thing.close();
  };
  try {
    const store = keep(connectStore({ url: place.databaseUrl, max: 2, applicationName: "wend-drill-look" }));
    const sink = keep(await openSink({ answerMs: options.answerMs }));
    const setup: WorkerSetup = { place, logLevel };
    const api = await startMember<ApiReady>(new URL("./api-process.ts", import.meta.url), setup);
    keep({ close: () => api.stop() });
    const made = await createApiKey(store, place.workspace.id, { kind: "srv", name: "drill", scopes: ["*"] });
    const client = createClient({ url: api.ready.url, key: made.key });
    await setUp(client, options.journey, sink.url);
    const module = new URL("../worker/worker-process.ts", import.meta.url);
    const workers = keep(await startFleet(options.workers, () => startMember(module, setup)));
    return { place, sink, api, workers, client, key: made.key, store, close };
  } catch (error) {
    await close();
    throw error;
  }
}

async function setUp({ api }: WendClient, definition: JourneyDefinition, url: string): Promise<void> {
  for (const key of sinkNames) {
    await api.connections.create.mutate({ key, plugin: "drill", config: { urls: [url] }, onUnknown: "hold" });
  }
  const journey = await api.journeys.create.mutate({ key: "drill", definition });
  await api.journeys.publish.mutate({ journey: journey.id });
}
