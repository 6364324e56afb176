import type { PluginHost } from "@wend/plugin";
import type { Answer } from "../serve/answer.ts";
import type { Asked } from "../serve/asked.ts";
import { empty } from "../serve/json.ts";
import { problem } from "../serve/problem.ts";
import { openReport } from "./report-link.ts";

const kinds = { shown: "delivered", clicked: "clicked" } as const;

/** What a service worker tells of a notification: that it was shown, that it was clicked. */
export async function reportPush(host: PluginHost, { parts }: Asked): Promise<Answer> {
  const [token = "", done] = parts as [string, keyof typeof kinds];
  const deliveryId = openReport(host.links, token);
  if (deliveryId === undefined) return { response: problem("request.invalid_field") };
  const receipt = { kind: kinds[done], about: { deliveryId }, at: host.now(), id: `${done}:${deliveryId}` };
  return { response: empty(), receipts: [receipt] };
}
