import type { Sandbox } from "../../connections/delivery-settings.ts";
import { jsonArray, plainArray } from "../../store/arrays.ts";
import type { Tx } from "../../store/transaction.ts";
import type { Callable } from "../claim/judge.ts";
import { isRecorded, sandboxFor } from "./sandbox-for.ts";

/** Notes what the sandbox does with each, before any call: nothing that is said of such a delivery is about its customer. */
export async function markSandboxed(tx: Tx, sandbox: Sandbox, called: readonly Callable[]): Promise<void> {
  if (called.length === 0) return;
  const marks = called.map(({ delivery: { id, attempt }, action }) => {
    const mark = sandboxFor(sandbox, action.manifest)!;
    // A delivery that is recorded takes its attempt back.
    return { id, mark, attempt: isRecorded(mark) ? attempt - 1 : attempt };
  });
  const sorted = marks.sort((a, b) => (a.id < b.id ? -1 : 1));
  await tx.run(statement, [
    tx.workspaceId,
    plainArray(sorted.map(({ id }) => id)),
    jsonArray(sorted.map(({ mark }) => mark)),
    plainArray(sorted.map(({ attempt }) => attempt)),
  ]);
}

const statement = {
  name: "mark-sandboxed-deliveries",
  text: /* sql */ `
update deliveries d set sandbox = u.mark, sandbox_attempt = u.attempt
from unnest($2::uuid[], $3::jsonb[], $4::smallint[]) as u (id, mark, attempt)
where d.workspace_id = $1 and d.id = u.id`,
};
