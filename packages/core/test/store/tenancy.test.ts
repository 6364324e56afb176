import { randomBytes } from "node:crypto";
import type { TestStore } from "@wend/core/testing";
import { createTestStore } from "@wend/core/testing";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { connectStore } from "../../src/store/connect.ts";
import { asOwner } from "../../src/store/owner.ts";
import { storeRoles } from "../../src/store/roles.ts";
import { inWorkspace } from "../../src/store/transaction.ts";
import { createWorkspace } from "../../src/workspaces/workspace.ts";
import type { SampleTable } from "./sample-rows.ts";
import { insertSample, ownerColumn, tenantTables } from "./sample-rows.ts";

const denied = { code: "42501" };
const immutable = ["workspace_keys", "journey_versions", "journey_changes", "delivery_verdicts"];
const changeable = () => tables.filter(({ name }) => name !== "workspaces" && !immutable.includes(name));

let test: TestStore;
let tables: SampleTable[];
let a: number;
let b: number;

const inside = (workspaceId: number, statement: string) =>
  inWorkspace(test.store, workspaceId, (tx) => tx.rows(statement));

beforeAll(async () => {
  test = await createTestStore();
  tables = await asOwner(test.url, tenantTables);
  a = test.workspace.id;
  b = (await createWorkspace(test.store, { slug: "other", name: "Other", shards: 1 })).id;
  for (const table of tables.filter(({ name }) => name !== "workspaces")) {
    await inside(a, insertSample(table, a, 100));
    await inside(b, insertSample(table, b, 200));
  }
});
afterAll(() => test.close());

describe("row-level security", () => {
  it("is forced on every table with a workspace, with one policy of the application role", async () => {
    const { rows } = await asOwner(test.url, (client) =>
      client.query(
        /* sql */ `
        select c.relname as name, c.relrowsecurity and c.relforcerowsecurity as forced,
          array(select polname::text from pg_policy where polrelid = c.oid and polroles = array['wend_app'::regrole::oid]) as policies
        from pg_class c where c.relname = any($1)`,
        [tables.map(({ name }) => name)],
      ),
    );
    expect(rows).toHaveLength(tables.length);
    for (const row of rows) expect(row, row.name).toMatchObject({ forced: true, policies: ["tenant"] });
  });

  it("covers more than twenty tables, so the list is not empty by accident", () => {
    expect(tables.length).toBeGreaterThan(20);
  });

  it("shows a workspace its own rows and no others, in every table", async () => {
    for (const table of tables) {
      const seen = await inside(b, `select distinct ${ownerColumn(table)} as owner from ${table.name}`);
      expect(seen, table.name).toEqual([{ owner: b }]);
    }
  });

  it("lets no workspace change or delete rows of another, in every table", async () => {
    for (const { name, columns } of changeable()) {
      const last = columns.at(-1)!.name;
      const touched = await inWorkspace(test.store, b, async (tx) => [
        await tx.run(`update ${name} set ${last} = ${last} where workspace_id = ${a}`),
        await tx.run(`delete from ${name} where workspace_id = ${a}`),
      ]);
      expect(touched, name).toEqual([0, 0]);
    }
    expect(await inWorkspace(test.store, b, (tx) => tx.run(`update workspaces set name = '' where id = ${a}`))).toBe(0);
  });

  it("refuses a row with a forged workspace, in every table", async () => {
    for (const table of tables) {
      await expect(inside(b, insertSample(table, a, 300)), table.name).rejects.toMatchObject(denied);
    }
  });

  it("refuses to hand a row over to another workspace, in every table", async () => {
    for (const { name } of changeable()) {
      await expect(inside(b, `update ${name} set workspace_id = ${a}`), name).rejects.toMatchObject(denied);
    }
  });

  it("shows nothing and refuses every write while no workspace is set, also after one was", async () => {
    const client = await test.store.app.connect();
    try {
      for (const leftover of ["select 1", `begin; select set_config('wend.workspace', '${a}', true); commit`]) {
        await client.query(leftover);
        for (const table of tables) {
          expect((await client.query(`select 1 from ${table.name}`)).rowCount, table.name).toBe(0);
          await expect(client.query(insertSample(table, a, 400)), table.name).rejects.toMatchObject(denied);
        }
      }
    } finally {
      client.release();
    }
  });
});

describe("the application role", () => {
  it("keeps versions, changes of a journey, keys of a workspace and operators' verdicts as they were written", async () => {
    for (const name of immutable) {
      await expect(inside(a, `update ${name} set workspace_id = workspace_id`)).rejects.toMatchObject(denied);
      await expect(inside(a, `delete from ${name}`)).rejects.toMatchObject(denied);
    }
  });

  it("cannot change how many shards a workspace has", async () => {
    await expect(inside(a, "update workspaces set shards = 1")).rejects.toMatchObject(denied);
  });

  it("reaches no table without a workspace but the list of migrations, and that only to read", async () => {
    const { rows } = await asOwner(test.url, (client) =>
      client.query(
        /* sql */ `
        select c.relname as name, r.role, p.privilege
        from pg_class c, unnest($1::text[]) r (role),
          unnest('{select,insert,update,delete,truncate,references,trigger}'::text[]) p (privilege)
        where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and c.relname <> all($2)
          and has_table_privilege(r.role, c.oid, p.privilege)
        order by r.role`,
        [[...storeRoles], tables.map(({ name }) => name)],
      ),
    );
    expect(rows).toEqual(storeRoles.map((role) => ({ name: "schema_migrations", role, privilege: "select" })));
  });

  it("is no superuser, bypasses nothing, makes no roles, logs in nowhere and is a member of nothing", async () => {
    const { rows } = await asOwner(test.url, (client) =>
      client.query(
        /* sql */ `
        select rolsuper, rolbypassrls, rolcreaterole, rolcreatedb, rolreplication, rolcanlogin,
          exists (select from pg_auth_members where member = r.oid) as member
        from pg_roles r where rolname = any($1)`,
        [[...storeRoles]],
      ),
    );
    const nothing = {
      rolsuper: false,
      rolbypassrls: false,
      rolcreaterole: false,
      rolcreatedb: false,
      rolreplication: false,
      rolcanlogin: false,
      member: false,
    };
    expect(rows).toEqual([nothing, nothing]);
  });

  it.each([
    "alter table profiles disable row level security",
    "alter table profiles no force row level security",
    "drop policy tenant on profiles",
    "create policy open on profiles using (true)",
    "alter role wend_app bypassrls",
    "truncate profiles",
    "create table public.mine (id integer)",
  ])("is refused: %s", async (statement) => {
    await expect(inside(a, statement)).rejects.toMatchObject(denied);
  });

  it("gets an error instead of all rows when it switches row-level security off for its session", async () => {
    const work = inWorkspace(test.store, a, async (tx) => {
      await tx.run("set local row_security = off");
      return tx.rows("select * from profiles");
    });
    await expect(work).rejects.toMatchObject(denied);
  });
});

describe("a login that is only a member of both roles", () => {
  const login = `wend_test_login_${randomBytes(4).toString("hex")}`;
  const password = randomBytes(12).toString("hex");
  let restricted: ReturnType<typeof connectStore>;

  beforeAll(async () => {
    await asOwner(test.url, (client) =>
      client.query(
        `create role ${login} login noinherit password '${password}'; grant ${storeRoles.join(", ")} to ${login}`,
      ),
    );
    const url = new URL(test.url);
    url.username = login;
    url.password = password;
    restricted = connectStore({ url: url.toString(), max: 1 });
  });
  afterAll(async () => {
    await restricted.close();
    await asOwner(test.url, (client) => client.query(`drop role ${login}`));
  });

  it("does the work of the store", async () => {
    expect(await inWorkspace(restricted, a, (tx) => tx.rows("select id from workspaces"))).toEqual([{ id: a }]);
  });

  it("cannot take the role of the owner or of a superuser", async () => {
    const { rows } = await asOwner(test.url, (client) =>
      client.query<{ role: string }>("select session_user as role union select rolname from pg_roles where rolsuper"),
    );
    for (const { role } of rows) {
      const attempt = inWorkspace(restricted, a, (tx) => tx.run(`set local role "${role}"`));
      await expect(attempt, role).rejects.toMatchObject(denied);
    }
  });

  it("reads nothing when it lays the role down", async () => {
    const attempt = inWorkspace(restricted, a, async (tx) => {
      await tx.run("set local role none");
      return tx.rows("select * from profiles");
    });
    await expect(attempt).rejects.toMatchObject(denied);
  });
});

describe("the router", () => {
  it("reads routing columns of all workspaces", async () => {
    for (const statement of [
      "select id, slug, name, shards from workspaces",
      "select workspace_id, n, batch_attempts from shards",
      "select workspace_id, shard, received_at from inbox",
      "select workspace_id, shard, due_at from timers",
      "select workspace_id, id, connection_id, channel, state, due_at from deliveries",
      "select workspace_id, id, key, plugin, channel, updated_at from connections",
    ]) {
      const { rows } = await test.store.router.query(statement);
      expect(new Set(rows.map((row) => row.workspace_id ?? row.id)), statement).toEqual(new Set([a, b]));
    }
  });

  it.each([
    "select payload from events",
    "select traits from profiles",
    "select address from deliveries",
    "select input from deliveries",
    "select secrets from connections",
    "select config from connections",
    "select detail from inbox",
    "update shards set batch_attempts = 0",
    "delete from inbox",
    "insert into shards (workspace_id, n) values (1, 99)",
  ])("is refused: %s", async (statement) => {
    await expect(test.store.router.query(statement)).rejects.toMatchObject(denied);
  });
});
