// Brings the connections and journeys of this folder to Wend. Run it again after a change: what is the same stays.
import { readFile } from "node:fs/promises";
import { applyConnection } from "./apply-connection.ts";
import { applyJourney } from "./apply-journey.ts";
import { runCommand } from "./run-command.ts";

const journeys = ["welcome", "cart", "feedback"];

const read = async (path: string) => JSON.parse(await readFile(new URL(`../${path}`, import.meta.url), "utf8"));

await runCommand(async ({ api }) => {
  for (const [key, connection] of Object.entries<object>(await read("connections.json"))) {
    console.log(await applyConnection(api, { key, ...connection } as Parameters<typeof applyConnection>[1]));
  }
  for (const key of journeys) console.log(await applyJourney(api, key, await read(`journeys/${key}.json`)));
});
