import { isDeepStrictEqual } from "node:util";
import type { WendClient } from "@wend/client";
import { WendClientError } from "@wend/client";

type Api = WendClient["api"];
type Definition = Parameters<Api["journeys"]["create"]["mutate"]>[0]["definition"];

/** Makes a journey, or gives the one of that key a new version when its definition is another. */
export async function applyJourney({ journeys }: Api, key: string, definition: Definition): Promise<string> {
  const stored = await journeys.get.query({ journey: key }).catch((error: unknown) => {
    if (error instanceof WendClientError && error.code === "journey.not_found") return undefined;
    throw error;
  });
  const isLive = stored !== undefined && stored.liveVersion !== null;
  if (isLive && isDeepStrictEqual(stored.draft, definition)) return `journey ${key}: as it was`;
  if (stored === undefined) await journeys.create.mutate({ key, definition });
  else await journeys.update.mutate({ journey: key, definition });
  const { version } = await journeys.publish.mutate({ journey: key });
  return `journey ${key}: version ${version} is live`;
}
