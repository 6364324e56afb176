import type { ActionCall, CustomerDelivery, Receipt } from "@wend/plugin";
import { receiptSchema, WendError } from "@wend/plugin";
import { createTestHost } from "@wend/plugin/testing";
import web from "@wend/web";

export const ada = "019b0000-0000-7000-8000-00000000000a";
export const bo = "019b0000-0000-7000-8000-00000000000b";
export const now = Date.UTC(2026, 2, 1, 12);

let made = 0;
/** Ids in the order of their making, as the host's are. */
const nextId = () => `019b0000-0000-7000-9000-${String(++made).padStart(12, "0")}`;

type Actions = (typeof web)["manifest"]["actions"];

/** A connection whose deliveries are kept as the host would keep them. */
export async function open(config: object = {}) {
  const sent: Record<string, CustomerDelivery[]> = { [ada]: [], [bo]: [] };
  const clock = { now };
  const host = createTestHost({ sent, now: () => clock.now });
  const connection = await web.connect(web.manifest.config.parse(config), host);
  const run = async (action: keyof Actions, input: object, more: Partial<ActionCall<unknown>> = {}) => {
    const call = {
      input: web.manifest.actions[action].input.parse(input),
      address: undefined,
      idempotencyKey: "run-1:1",
      deliveryId: nextId(),
      profileId: ada,
      attempt: 1,
      signal: new AbortController().signal,
      ...more,
    };
    return connection.actions[action](call as never);
  };
  /** Delivers, and keeps what the handler returned. */
  const put = async (action: "inbox" | "slot", input: object, profileId = ada): Promise<string> => {
    const { output } = await run(action, input, { profileId });
    const delivery = { id: nextId(), action, state: "accepted", receipt: undefined, output, at: clock.now };
    sent[profileId]!.push(delivery);
    return delivery.id;
  };
  /** Asks as a browser would; receipts mark the delivery, as the host folds them. */
  const ask = async (method: string, path: string, { as = ada, headers = {}, body, signal }: Asking = {}) => {
    const url = new URL(host.links.baseUrl + path);
    const served = await connection.serve!({
      request: new Request(url, { method, headers, body: body ?? null }),
      path: url.pathname.slice(new URL(host.links.baseUrl).pathname.length),
      customer: as === null ? undefined : { profileId: as },
      signal: signal ?? new AbortController().signal,
    });
    for (const receipt of served.receipts ?? []) fold(sent, receiptSchema.parse(receipt));
    return served;
  };
  return { connection, host, clock, sent, run, put, ask };
}

function fold(sent: Record<string, CustomerDelivery[]>, { about, kind }: Receipt): void {
  for (const list of Object.values(sent)) {
    const at = list.findIndex(({ id }) => "deliveryId" in about && id === about.deliveryId);
    if (at >= 0) list[at] = { ...list[at]!, receipt: kind };
  }
}

interface Asking {
  /** Null: without a token. */
  readonly as?: string | null;
  readonly headers?: Record<string, string>;
  readonly body?: string;
  readonly signal?: AbortSignal;
}

/** What a call was refused with. */
export async function refusal(call: Promise<unknown>): Promise<WendError> {
  const error = await call.then(
    (value) => {
      throw new Error(`accepted: ${JSON.stringify(value)}`);
    },
    (thrown: unknown) => thrown,
  );
  if (error instanceof WendError) return error;
  throw error;
}
