import type { PluginHost } from "@wend/plugin";
import type { HubspotClient } from "./client.ts";
import type { Config } from "./config.ts";
import type { Subjects } from "./subjects.ts";

/** What reading of HubSpot's changes needs. */
export interface HubspotConnection {
  readonly client: HubspotClient;
  readonly config: Config;
  readonly host: PluginHost;
  readonly subjects: Subjects;
}
