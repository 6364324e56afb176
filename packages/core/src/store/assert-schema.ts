import { WendError } from "@wend/plugin";
import type { Store } from "./connect.ts";
import { codeOf, toStoreError } from "./failures.ts";
import { schemaNewer } from "./migrate.ts";
import { schemaVersion } from "./migrations/list.ts";

/** Throws unless the database can be reached, has this code's schema, and keeps the application role within its rights. */
export async function assertSchema(store: Store): Promise<void> {
  const { version, unsafe } = await readState(store);
  if (unsafe) throw new WendError("store.unsafe_role", { detail: "Role wend_app." });
  if (version > schemaVersion) throw schemaNewer(version);
  if (version < schemaVersion) throw schemaOlder(version);
}

interface State {
  version: number;
  unsafe: boolean;
}

async function readState(store: Store): Promise<State> {
  try {
    const { rows } = await store.app.query<State>(
      `select coalesce((select max(version) from schema_migrations), 0) as version,
         rolsuper or rolbypassrls as unsafe from pg_roles where rolname = current_user`,
    );
    return rows[0]!;
  } catch (error) {
    const code = codeOf(error);
    // The table is missing, or (while connecting) the role is.
    if (code === "42P01" || code === "22023") throw schemaOlder(0, error);
    // While connecting: the login may not take the role.
    if (code === "42501") throw new WendError("store.role_missing", { cause: error });
    throw toStoreError(error);
  }
}

const schemaOlder = (found: number, cause?: unknown) =>
  new WendError("store.schema_older", {
    detail: `The database is at version ${found}, this code at ${schemaVersion}.`,
    cause,
  });
