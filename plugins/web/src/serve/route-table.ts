import type { PluginHost } from "@wend/plugin";
import { listInbox } from "../inbox/list-inbox.ts";
import { report } from "../inbox/report.ts";
import { reportPush } from "../push/report-push.ts";
import { evaluateAll, evaluateOne } from "../slot/evaluate.ts";
import { openStream } from "../stream/open-stream.ts";
import { createOpenStreams } from "../stream/open-streams.ts";
import type { Answer } from "./answer.ts";
import type { Asked } from "./asked.ts";
import { json } from "./json.ts";
import { notFound } from "./problem.ts";

export interface Route {
  readonly method: "GET" | "POST";
  /** Its groups are the parts. */
  readonly path: RegExp;
  /** Needs no customer. */
  readonly open?: true;
  answer(asked: Asked): Promise<Answer>;
}

const ofResponse = (response: Promise<Response>): Promise<Answer> => response.then((one) => ({ response: one }));

export function createRoutes(host: PluginHost, pushKey: string | undefined): readonly Route[] {
  const streams = createOpenStreams();
  return [
    { method: "GET", path: /^\/inbox$/, answer: (asked) => ofResponse(listInbox(host, asked)) },
    { method: "POST", path: /^\/inbox\/([^/]+)\/(read|click|dismiss)$/, answer: (asked) => report(host, asked) },
    { method: "GET", path: /^\/stream$/, answer: async (asked) => ({ response: openStream(host, streams, asked) }) },
    {
      method: "POST",
      path: /^\/ofrep\/v1\/evaluate\/flags$/,
      answer: (asked) => ofResponse(evaluateAll(host, asked)),
    },
    {
      method: "POST",
      path: /^\/ofrep\/v1\/evaluate\/flags\/([^/]+)$/,
      answer: (asked) => ofResponse(evaluateOne(host, asked)),
    },
    { method: "GET", path: /^\/push\/key$/, open: true, answer: async () => ({ response: keyOf(pushKey) }) },
    {
      method: "POST",
      path: /^\/push\/(.+)\/(shown|clicked)$/,
      open: true,
      answer: (asked) => reportPush(host, asked),
    },
  ];
}

const keyOf = (publicKey: string | undefined): Response => (publicKey === undefined ? notFound() : json({ publicKey }));
