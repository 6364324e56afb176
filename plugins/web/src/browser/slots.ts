import type { Call } from "./call.ts";
import type { Stream } from "./stream.ts";

interface Evaluation {
  readonly key: string;
  readonly value?: unknown;
  readonly metadata?: { readonly until?: number };
}

/** What the slots of a page show the customer. */
export interface Slots {
  /** The value of a slot, decided now; the fallback where there is none, or nobody answers. */
  evaluate<Value>(key: string, fallback: Value): Promise<Value>;
  /** Calls with the value at once, and whenever it changes. Returns what ends it. */
  subscribe<Value>(key: string, fallback: Value, listener: (value: Value) => void): () => void;
}

/** Timers of browsers count no further. */
const longestTimerMs = 2 ** 31 - 1;

export function createSlots(call: Call, stream: Stream, context: () => object): Slots {
  let etag: string | undefined;
  let flags: readonly Evaluation[] = [];

  const load = async (): Promise<readonly Evaluation[]> => {
    const response = await call("/ofrep/v1/evaluate/flags", {
      method: "POST",
      body: JSON.stringify({ context: { ...context(), targetingKey: "token" } }),
      headers: { "content-type": "application/json", ...(etag && { "if-none-match": etag }) },
    });
    if (response.status === 304) return flags;
    const answer = (await response.json()) as { readonly flags?: readonly Evaluation[] };
    etag = response.headers.get("etag") ?? undefined;
    flags = answer.flags ?? [];
    return flags;
  };
  const evaluate = async <Value>(key: string, fallback: Value) => {
    const found = (await load().catch(() => flags)).find((flag) => flag.key === key);
    return { value: (found?.value ?? fallback) as Value, until: found?.metadata?.until };
  };
  return {
    evaluate: async (key, fallback) => (await evaluate(key, fallback)).value,
    subscribe: (key, fallback, listener) => {
      let told: string | undefined;
      let timer: ReturnType<typeof setTimeout> | undefined;
      let ended = false;
      const look = async (): Promise<void> => {
        const { value, until } = await evaluate(key, fallback);
        if (ended) return;
        clearTimeout(timer);
        // Nothing is pushed when a decision runs out.
        if (until !== undefined)
          timer = setTimeout(look, Math.min(Math.max(until - Date.now(), 0) + 50, longestTimerMs));
        const text = JSON.stringify(value);
        if (text === told) return;
        told = text;
        listener(value);
      };
      const stop = stream.listen(({ event, data }) => {
        if (event === "ready" || (event === "slot" && JSON.parse(data).key === key)) void look();
      });
      return () => {
        ended = true;
        clearTimeout(timer);
        stop();
      };
    },
  };
}
