import type { Connections } from "@wend/core";
import { uuidv7 } from "@wend/core";
import type { ActionItem } from "@wend/plugin";
import type { ChannelCase, Place } from "./channel-case.ts";
import { perCall } from "./channel-case.ts";
import type { Customer } from "./customer.ts";
import { traitsOf } from "./ordering.ts";

/** Calls of a plugin by the contract, with nothing of a delivery around them. */
export interface Calls {
  /** Deliveries of one call. */
  readonly size: number;
  make(customers: readonly Customer[]): Promise<unknown>;
}

type OpenConnection = Awaited<ReturnType<Connections["open"]>>;

/** The plugin as core has opened it, with the host of production; input and output are held to the manifest, as there. */
export function openCalls(channel: ChannelCase, place: Place, { instance }: OpenConnection): Calls {
  const { plugin, action } = channel;
  const { input, output, address } = plugin.manifest.actions[action]!;
  const itemOf = (customer: Customer): ActionItem<object> => {
    const id = uuidv7();
    return {
      input: input.parse(channel.input(customer)),
      address: address === undefined ? undefined : String(traitsOf(channel, place, customer)[address]),
      idempotencyKey: `${id}:1`,
      deliveryId: id,
      profileId: id,
      purpose: "transactional",
      attempt: 1,
    };
  };
  const single = instance.actions[action]!;
  const batch = instance.batches?.[action];
  const makeOne = async ([customer]: readonly Customer[]) => {
    const { signal } = new AbortController();
    const accepted = await single({ ...itemOf(customer!), signal } as never);
    output.parse(accepted.output);
  };
  const makeBatch = async (customers: readonly Customer[]) => {
    const { signal } = new AbortController();
    const results = await batch!(customers.map(itemOf) as never, signal);
    for (const result of results) {
      if ("error" in result) throw result.error;
      output.parse(result.output);
    }
  };
  return { size: perCall(channel), make: batch ? makeBatch : makeOne };
}
