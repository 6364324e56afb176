import type { Connection } from "@wend/core";
import { webhookUrlOf } from "@wend/core";
import type { ApiRuntime } from "../context.ts";

/** A connection with where its provider reaches it. */
export function viewOf({ plugins, publicUrl }: Pick<ApiRuntime, "plugins" | "publicUrl">) {
  return (connection: Connection): Connection & { webhookUrl: string | null } => {
    const { events = [], signals = {} } = plugins.find(connection.plugin)?.manifest ?? {};
    const tells = events.length > 0 || Object.keys(signals).length > 0;
    return { ...connection, webhookUrl: tells ? webhookUrlOf(publicUrl(), connection) : null };
  };
}
