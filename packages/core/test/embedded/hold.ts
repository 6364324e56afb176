import { once } from "node:events";
import { startEmbedded } from "@wend/core/embedded";

// Holds an embedded server until SIGINT or SIGTERM, as `wend start` does: prints its address as JSON, ends it in order.
const embedded = await startEmbedded({ dataDir: process.argv[2]! });
const { url, pid, port } = embedded;
const told = Promise.race([once(process, "SIGINT"), once(process, "SIGTERM")]);
process.stdout.write(`${JSON.stringify({ url, pid, port })}\n`);
await told;
await embedded.stop();
process.stdout.write("stopped\n");
