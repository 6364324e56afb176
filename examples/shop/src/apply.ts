// Brings the connections and journeys of this folder to Wend. Run it again after a change: what is the same stays.
import { readFile } from "node:fs/promises";
import { applyConnection } from "./apply-connection.ts";
import { applyJourney } from "./apply-journey.ts";
import { cart } from "./journeys/cart.ts";
import { feedback } from "./journeys/feedback.ts";
import { welcome } from "./journeys/welcome.ts";
import { runCommand } from "./run-command.ts";

const journeys = { welcome, cart, feedback };

const connections = JSON.parse(await readFile(new URL("../connections.json", import.meta.url), "utf8"));

await runCommand(async ({ api }) => {
  for (const [key, connection] of Object.entries<object>(connections)) {
    console.log(await applyConnection(api, { key, ...connection } as Parameters<typeof applyConnection>[1]));
  }
  for (const [key, journey] of Object.entries(journeys)) console.log(await applyJourney(api, key, journey));
});
