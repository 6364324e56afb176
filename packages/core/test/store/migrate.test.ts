import { describe, expect, it } from "vitest";
import { assertSchema } from "../../src/store/assert-schema.ts";
import { connectStore } from "../../src/store/connect.ts";
import { migrate } from "../../src/store/migrate.ts";
import { schemaVersion } from "../../src/store/migrations/list.ts";
import { asOwner } from "../../src/store/owner.ts";
import { emptyDatabase } from "../../src/testing/databases.ts";
import { urlOf } from "../../src/testing/names.ts";

const unreachable = "postgres://nobody@127.0.0.1:1/none";

async function checkSchema(url: string): Promise<void> {
  const store = connectStore({ url });
  try {
    await assertSchema(store);
  } finally {
    await store.close();
  }
}

const pretend = (url: string, version: number) =>
  asOwner(url, (client) =>
    client.query("insert into schema_migrations (version, name) values ($1, 'from the future')", [version]),
  );

describe("a migration", () => {
  it("brings an empty database to the version of the code, and a second one finds nothing to do", async () => {
    const { url } = await emptyDatabase();
    expect(await migrate(url)).toEqual({ from: 0, to: schemaVersion });
    expect(await migrate(url)).toEqual({ from: schemaVersion, to: schemaVersion });
    await checkSchema(url);
  });

  it("runs once when four processes start at the same time", async () => {
    const { url } = await emptyDatabase();
    const results = await Promise.all([migrate(url), migrate(url), migrate(url), migrate(url)]);
    expect(results.map(({ from }) => from).sort()).toEqual([0, schemaVersion, schemaVersion, schemaVersion]);
    await checkSchema(url);
  });

  it("puts a table that appears later behind row-level security", async () => {
    const { url } = await emptyDatabase();
    await migrate(url);
    await asOwner(url, (client) => client.query("create table later (workspace_id integer not null, secret text)"));
    await migrate(url);
    const { rows } = await asOwner(url, (client) =>
      client.query("select relrowsecurity, relforcerowsecurity from pg_class where relname = 'later'"),
    );
    expect(rows).toEqual([{ relrowsecurity: true, relforcerowsecurity: true }]);
  });

  it("is refused on a schema newer than the code, and so is a start", async () => {
    const { url } = await emptyDatabase();
    await migrate(url);
    await pretend(url, schemaVersion + 1);
    await expect(migrate(url)).rejects.toMatchObject({ code: "store.schema_newer" });
    await expect(checkSchema(url)).rejects.toMatchObject({ code: "store.schema_newer" });
  });

  it("leaves nothing of itself behind when it fails half way", async () => {
    const { url } = await emptyDatabase();
    await asOwner(url, (client) => client.query("create table timers (id integer)"));
    await expect(migrate(url)).rejects.toThrow("timers");
    const { rows } = await asOwner(url, (client) => client.query("select to_regclass('profiles') as profiles"));
    expect(rows).toEqual([{ profiles: null }]);
  });
});

describe("a start", () => {
  it("is refused before the first migration", async () => {
    const { url } = await emptyDatabase();
    await expect(checkSchema(url)).rejects.toMatchObject({ code: "store.schema_older" });
  });

  it("says that the database is down, and when to try again", async () => {
    await expect(checkSchema(unreachable)).rejects.toMatchObject({ code: "store.unavailable", retryAfterMs: 1_000 });
    await expect(migrate(unreachable)).rejects.toMatchObject({ code: "store.unavailable" });
  });

  it("says that the database refuses the login", async () => {
    const { url } = await emptyDatabase();
    await expect(checkSchema(urlOf(url, "no_such_database"))).rejects.toMatchObject({ code: "store.refused" });
  });
});
