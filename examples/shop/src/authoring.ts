import { createAuthoring } from "@wend/journey";
import { manifest as webhook } from "@wend/webhook/manifest";

/** Types the shop's journeys by what its connections can do; their keys are those of `connections.json`. */
export const { defineJourney } = createAuthoring({ connections: { crm: webhook } });
