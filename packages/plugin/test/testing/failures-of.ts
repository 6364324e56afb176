import type { PluginTestSetup } from "@wend/plugin/testing";
import { testPlugin } from "@wend/plugin/testing";

/** The sentences of the tests that a plugin fails. */
export async function failuresOf(setup: PluginTestSetup): Promise<string[]> {
  const failed: string[] = [];
  for (const { name, run } of testPlugin(setup)) {
    await run().catch(() => failed.push(name.replace(/^[a-z-]+(\.[a-zA-Z]+)?: /, "")));
  }
  return failed;
}
