import { setTimeout as sleep } from "node:timers/promises";
import type { Member } from "../process/member.ts";
import type { Point, Strike } from "../worker/strike.ts";

/** A worker that does not come to the point within this time is killed where it is. */
const patienceMs = 2_000;

/** Kills a worker at a point of its work, or just so; true when it had come to that point. */
export async function killAt(worker: Member, point: Point | undefined): Promise<boolean> {
  let reached = false;
  if (point) {
    await worker.ask("arm", { point, signal: "SIGKILL" } satisfies Strike).catch(() => {});
    reached = await Promise.race([worker.gone.then(() => true), sleep(patienceMs, false, { ref: false })]);
  }
  worker.signal("SIGKILL");
  await worker.gone;
  return reached;
}
