import type { z } from "zod";
import type { PluginConnection } from "./connection.ts";
import type { PluginHost } from "./host.ts";
import type { ActionManifests, PluginManifest } from "./manifest.ts";

/** A plugin: its manifest, and how to open one connection. */
export interface Plugin<Config extends z.ZodObject = z.ZodObject, Actions extends ActionManifests = ActionManifests> {
  readonly manifest: PluginManifest<Config, Actions>;
  /** Opens one configured instance. Called once per connection and process. */
  connect(config: z.infer<Config>, host: PluginHost): Promise<PluginConnection<Actions>>;
}
