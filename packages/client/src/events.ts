import type { WendErrorData } from "@wend/api";
import { badAnswer } from "./problem-answer.ts";
import type { Send } from "./send.ts";

/** Whom an event is about; at least one of both ids. */
interface Sent {
  readonly userId?: string;
  readonly anonymousId?: string;
  /** When it happened, ISO 8601 with its offset; now, if absent. */
  readonly timestamp?: string;
  /** Makes repeating a call safe: an event whose id is known is accepted and not stored again. */
  readonly messageId?: string;
  readonly context?: object;
}

/** Something a customer did. */
export interface TrackCall extends Sent {
  readonly event: string;
  readonly properties?: object;
}

/** Something known of a customer. */
export interface IdentifyCall extends Sent {
  readonly traits?: object;
}

export type BatchItem = ({ readonly type: "track" } & TrackCall) | ({ readonly type: "identify" } & IdentifyCall);

/** An item of a batch that was not taken; the others were. */
export interface Rejection {
  readonly index: number;
  readonly code: WendErrorData["code"];
  readonly pointer: string;
  readonly detail: string;
}

/** Sends events. Each call resolves once what it sent is stored for good. */
export interface EventClient {
  track(call: TrackCall): Promise<void>;
  identify(call: IdentifyCall): Promise<void>;
  /** Up to 500 items; gives back those that were refused. Throws when none was taken. */
  batch(items: readonly BatchItem[]): Promise<readonly Rejection[]>;
}

export function createEventClient(url: string, send: Send): EventClient {
  const post = async (kind: string, body: object): Promise<{ rejected?: readonly Rejection[] }> => {
    const response = await send(`${url}/v1/${kind}`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(body),
    });
    if (!response.ok) throw badAnswer(response.status);
    return (await response.json().catch((cause) => {
      throw badAnswer(response.status, cause);
    })) as { rejected?: readonly Rejection[] };
  };
  return {
    track: async (call) => {
      await post("track", call);
    },
    identify: async (call) => {
      await post("identify", call);
    },
    batch: async (items) => (await post("batch", { batch: items })).rejected ?? [],
  };
}
