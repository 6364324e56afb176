import { keyOfHeader } from "@wend/api";
import type { Accept, Credential, IngestCall, IngestResult, Rejection } from "@wend/core";
import { parseJson } from "@wend/core";
import { WendError } from "@wend/plugin";
import { announcedBytes } from "../http/announced-bytes.ts";
import type { HostContext } from "../http/host.ts";
import { headerOf } from "../http/host.ts";
import { problem } from "../http/problem.ts";
import { readBody } from "../http/read-body.ts";
import type { Room } from "../http/room.ts";
import { corsHeaders } from "./cors.ts";

export interface IngestOptions {
  readonly accept: Accept;
  readonly verifyKey: (key: string | undefined) => Promise<Credential>;
  readonly room: Room;
}

type Kind = IngestCall["kind"];

const plainSuccess = JSON.stringify({ success: true });

/** Takes one call; `requestId` goes back with every answer. */
export function ingestRoute({ accept, verifyKey, room }: IngestOptions, kind: Kind) {
  return async (c: HostContext, requestId: string): Promise<Response> => {
    const leave = room.enter(announcedBytes(c));
    try {
      const result = await take(c);
      return answer(result, requestId);
    } finally {
      leave();
    }
  };

  // A header is checked before the body is read. Only without one is the key looked for in the body.
  async function take(c: HostContext): Promise<IngestResult> {
    const key = keyOfHeader(headerOf(c, "authorization"));
    if (key !== undefined) {
      const credential = await verifyKey(key);
      return accept.ingest(credential, { kind, body: await readBody(c) });
    }
    const body = parseJson(await readBody(c));
    return accept.ingest(await verifyKey(keyOfBody(body.value)), { kind, body });
  }

  function answer({ accepted, rejected }: IngestResult, requestId: string): Response {
    if (accepted === 0) return nothingAccepted(rejected, requestId);
    const body = kind === "batch" ? JSON.stringify({ success: true, rejected }) : plainSuccess;
    const headers = { ...corsHeaders, "content-type": "application/json", "x-request-id": requestId };
    return new Response(body, { headers });
  }
}

function nothingAccepted(rejected: readonly Rejection[], requestId: string): Response {
  const { pointer, detail } = rejected[0]!;
  const error = new WendError("request.nothing_accepted", { pointer, detail });
  return problem(error, { requestId, headers: corsHeaders, more: { success: false, rejected } });
}

/** The key that a body names itself. */
function keyOfBody(body: unknown): string | undefined {
  const key = (body as { writeKey?: unknown } | null)?.writeKey;
  return typeof key === "string" ? key : undefined;
}
