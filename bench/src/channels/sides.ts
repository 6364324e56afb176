import type { Child } from "../shared/child.ts";
import { startChild } from "../shared/child.ts";
import type { ServerCpu } from "../shared/cpu.ts";
import { setUpTenant } from "../shared/tenant.ts";
import type { World } from "../world.ts";
import type { ChannelCase } from "./channel-case.ts";
import type { ClientSetup } from "./client-process.ts";
import { journeyOf } from "./ordering.ts";
import type { WendSetup } from "./wend-process.ts";

/** The database, and what encrypts in it. */
export interface Ground extends Pick<World, "url" | "workspace" | "owner"> {
  readonly secretKey: Uint8Array;
  /** Without it nothing is said of what the server takes. */
  readonly postgres?: ServerCpu;
}

/** The stand-in and the two that send to it, a process each. */
export interface Sides {
  readonly ground: Ground;
  readonly provider: Child<{ port: number }>;
  readonly client: Child<undefined>;
  readonly wend: Child<undefined>;
  close(): Promise<void>;
}

interface SidesSetup {
  readonly name: string;
  readonly channel: ChannelCase;
  readonly concurrency: number;
  /** A folder for CPU profiles of all of them. */
  readonly profile: string | undefined;
}

export async function openSides(ground: Ground, { name, channel, concurrency, profile }: SidesSetup): Promise<Sides> {
  const { url, workspace, secretKey } = ground;
  const start = <Ready>(file: string, setup: unknown) =>
    startChild<Ready>(new URL(file, import.meta.url), setup, { profile });
  const provider = await start<{ port: number }>("./provider-process.ts", name);
  const place = { port: provider.ready.port, concurrency };
  const config = channel.config(place);
  const { connectionIds } = await setUpTenant(ground, {
    connections: [
      {
        key: name,
        plugin: channel.plugin.manifest.id,
        config,
        concurrency,
        onUnknown: "hold",
        ratePerSecond: channel.ratePerSecond ?? null,
      },
    ],
    journeys: { [name]: journeyOf(channel, name) },
    plugins: [channel.plugin],
    secretKey,
  });
  const [connectionId = ""] = connectionIds;
  const wendSetup: WendSetup = {
    ...{ name, place, databaseUrl: url, secretKey, workspaceId: workspace.id, connectionId },
  };
  const client = await start<undefined>("./client-process.ts", { name, config, place } satisfies ClientSetup);
  const wend = await start<undefined>("./wend-process.ts", wendSetup);
  return {
    ...{ ground, provider, client, wend },
    close: async () => {
      await Promise.all([client.stop(), wend.stop()]);
      await provider.stop();
    },
  };
}
