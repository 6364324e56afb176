import type { WendClient } from "@wend/client";
import { createClient } from "@wend/client";
import { printError } from "./print-error.ts";

/**
 * Runs a command with the client for the address and the key that it was given. What keeps it from ending well is
 * printed, and the process exits with 1.
 */
export async function runCommand(command: (wend: WendClient) => Promise<void>): Promise<void> {
  const [url, key] = process.argv.slice(2);
  try {
    if (!URL.canParse(url ?? "") || !key)
      throw new Error("Name the address of Wend and a key, as `start` prints them.");
    await command(createClient({ url: url!, key }));
  } catch (error) {
    printError(error);
    process.exitCode = 1;
  }
}
