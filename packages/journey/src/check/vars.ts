import type { Catalog } from "../language/catalog.ts";
import { findAction, isSend } from "./actions.ts";
import { entriesOf, getOwn, getPath, isObject, listOf } from "./raw.ts";

/** Names that something is kept under -> the schema of it, where it can only be the output of one known action. */
export type Vars = ReadonlyMap<string, unknown>;

/** All that waits and sends of a definition keep under `as`. */
export function findVars(input: unknown, catalog: Catalog | undefined): Vars {
  const kept = entriesOf(getOwn(input, "nodes")).flatMap(([, node]) => [
    ...listOf(getOwn(node, "branches")).map(([, branch]) => ({ as: getPath(branch, ["as"]), schema: undefined })),
    { as: getOwn(node, "as"), schema: catalog && outputOf(node, catalog) },
  ]);
  const named = Map.groupBy(kept, ({ as }) => as);
  return new Map(
    [...named].flatMap(([as, all]) =>
      typeof as === "string" ? [[as, all.length === 1 ? all[0]!.schema : undefined] as const] : [],
    ),
  );
}

const outputOf = (node: unknown, catalog: Catalog): unknown =>
  isObject(node) && isSend(node) ? findAction(node, catalog)?.output : undefined;
