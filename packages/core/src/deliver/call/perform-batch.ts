import type { ActionItem } from "@wend/plugin";
import type { OpenAction } from "../../connections/open-connection.ts";
import type { Callable } from "../claim/judge.ts";
import type { Ended } from "../decide-outcome.ts";
import { decideAccepted, decideFailed } from "../decide-outcome.ts";
import type { Outcome } from "../outcome.ts";
import { parseResult, parseResults } from "./parse-results.ts";
import type { Performance } from "./performance.ts";
import { rulesOf } from "./performance.ts";
import type { PluginCall } from "./plugin-call.ts";
import { startPluginCall } from "./plugin-call.ts";
import type { Prepared } from "./prepare.ts";
import { prepare, uncalled } from "./prepare.ts";

type Ready = Extract<Prepared, { kind: "ready" }>;

/**
 * Makes one call for deliveries of one action. `settle` hears what became of them: first of those that did not render,
 * which the others do not wait for and do not suffer from, then of all that the call carried. Never throws.
 */
export async function performBatch(
  on: Performance,
  judged: readonly Callable[],
  settle: (outcomes: readonly Outcome[]) => void,
): Promise<void> {
  const { ready, ended } = await prepareAll(on, judged);
  if (ended.length > 0) settle(ended);
  if (ready.length > 0) settle(await callAll(on, judged[0]!.action, ready));
}

// Rendering a batch may take long; other work gets its turn in between.
async function prepareAll(
  on: Performance,
  judged: readonly Callable[],
): Promise<{ ready: Ready[]; ended: readonly Outcome[] }> {
  const ready: Ready[] = [];
  const ended: Outcome[] = [];
  for (const { delivery, action } of judged) {
    const preparing = prepare(on, { delivery, action, ambiguous: delivery.ambiguous });
    const prepared = preparing instanceof Promise ? await preparing : preparing;
    if (prepared.kind === "ready") ready.push(prepared);
    else ended.push(prepared.outcome);
    if (on.turns.isOver()) await on.turns.next();
  }
  return { ready, ended };
}

async function callAll(on: Performance, action: OpenAction, ready: readonly Ready[]): Promise<readonly Outcome[]> {
  if (on.lease.halfGone()) return ready.map(({ ended }) => uncalled(on, ended(false)));
  const items = ready.map(({ item }) => item);
  const about = { deliveryIds: items.map(({ deliveryId }) => deliveryId), action: action.name };
  const made = startPluginCall(on, { timeoutMs: action.timeoutMs, about });
  try {
    const results = parseResults(await made.run((signal) => callHandler(on, action, { items, signal })), items.length);
    return ready.map(({ ended }, i) => outcomeOfResult(on, { action, made, ended }, results[i]));
  } catch (cause) {
    const fault = made.faultOf(cause);
    return ready.map(({ ended }) =>
      fault ? decideFailed(ended(true), fault, rulesOf(on, action)) : uncalled(on, ended(false)),
    );
  } finally {
    made.end();
  }
}

interface BatchCall {
  readonly items: readonly ActionItem<object>[];
  readonly signal: AbortSignal;
}

const callHandler = async (on: Performance, { name }: OpenAction, { items, signal }: BatchCall): Promise<unknown> =>
  on.connection.instance.batches?.[name]?.(items as never, signal);

interface Member {
  readonly action: OpenAction;
  readonly made: PluginCall;
  ended(called: boolean): Ended;
}

function outcomeOfResult(on: Performance, { action, made, ended }: Member, result: unknown): Outcome {
  try {
    const { providerId, output } = parseResult(action.manifest, result);
    return { ...decideAccepted(ended(true), providerId), output };
  } catch (cause) {
    const fault = made.faultOf(cause);
    return fault ? decideFailed(ended(true), fault, rulesOf(on, action)) : uncalled(on, ended(false));
  }
}
