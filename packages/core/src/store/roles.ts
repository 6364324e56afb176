import { WendError } from "@wend/plugin";
import type pg from "pg";
import { codeOf } from "./failures.ts";

/** `wend_app` works inside one workspace at a time; `wend_router` reads routing columns across workspaces. */
export const storeRoles = ["wend_app", "wend_router"] as const;

/**
 * Creates the roles of the cluster and lets the login take them. Roles belong to the whole cluster while the migration
 * lock belongs to one database, so migrations of several databases may meet here: whoever comes second finds it done.
 */
export async function ensureRoles(client: pg.Client): Promise<void> {
  for (const role of storeRoles) {
    await insistently(() => client.query(createRole(role)));
    await insistently(() => client.query(grantToLogin(role)));
  }
  await refuseUnsafeRoles(client);
}

const createRole = (role: string) => /* sql */ `
do $$ begin
  if not exists (select from pg_roles where rolname = '${role}') then
    create role ${role} nologin noinherit nobypassrls;
  end if;
exception when duplicate_object or unique_violation then null;
end $$`;

// From PostgreSQL 16 on, whoever creates a role may grant it but not yet take it.
const grantToLogin = (role: string) => /* sql */ `
do $$ begin
  if not pg_has_role(session_user, '${role}',
      case when current_setting('server_version_num')::int >= 160000 then 'SET' else 'MEMBER' end) then
    execute format('grant ${role} to %I', session_user);
  end if;
end $$`;

// Two grants to one login at the same instant: unique_violation, or internal_error "tuple concurrently updated".
async function insistently(statement: () => Promise<unknown>): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    try {
      await statement();
      return;
    } catch (error) {
      const code = codeOf(error);
      if (code === "42501") {
        throw new WendError("store.role_missing", { cause: error });
      }
      if (attempt === 10 || (code !== "23505" && code !== "XX000")) throw error;
    }
  }
}

async function refuseUnsafeRoles(client: pg.Client): Promise<void> {
  const { rows } = await client.query<{ rolname: string }>(
    `select r.rolname from pg_roles r
     where r.rolname = any($1::text[]) and (r.rolsuper or r.rolbypassrls or r.rolcreaterole or
       exists (select from pg_auth_members m where m.member = r.oid))`,
    [[...storeRoles]],
  );
  if (rows.length > 0) {
    throw new WendError("store.unsafe_role", { detail: `Role ${rows.map((row) => row.rolname).join(", ")}.` });
  }
}
