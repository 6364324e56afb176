import { asOwner } from "../../src/store/owner.ts";

/** How many statements of a database wait for a lock; asked outside any transaction, which would not see it change. */
export const countWaiting = (url: string): Promise<number> =>
  asOwner(url, async (client) => {
    const { rows } = await client.query<{ n: number }>(
      "select count(*) as n from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'",
    );
    return rows[0]!.n;
  });
