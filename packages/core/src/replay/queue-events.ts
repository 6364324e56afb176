import type { Tx } from "../store/transaction.ts";

/** Profiles per statement, so that none of them runs into the time limit of statements. */
const pageProfiles = 10_000;

export interface QueueQuery {
  readonly shards: number;
  /** Of the events' message ids. */
  readonly messageIdPrefix: string;
}

/** Adds an inbox row for every stored event whose message id begins so: in sets, a page of profiles at a time. */
export async function queueEvents(tx: Tx, query: QueueQuery): Promise<{ count: number; latest: number }> {
  let count = 0;
  let latest = Number.NEGATIVE_INFINITY;
  let after: string | null = null;
  do {
    const page: Page = await queuePage(tx, query, after);
    count += page.count;
    latest = Math.max(latest, page.latest ?? latest);
    after = page.last;
  } while (after !== null);
  return { count, latest };
}

interface Page {
  /** The last profile of the page; null when there is none left. */
  readonly last: string | null;
  readonly count: number;
  readonly latest: number | null;
}

async function queuePage(tx: Tx, { shards, messageIdPrefix }: QueueQuery, after: string | null): Promise<Page> {
  const [page] = await tx.rows<Page>(sql, [tx.workspaceId, after, pageProfiles, shards, messageIdPrefix]);
  return page!;
}

const sql = /* sql */ `
with page as materialized (
  select id from profiles where workspace_id = $1 and ($2::uuid is null or id > $2) order by id limit $3
), queued as (
  insert into inbox (workspace_id, shard, received_at, id, profile_id, kind, name)
  select $1, get_byte(uuid_send(e.profile_id), 15) & ($4::int - 1), e.received_at, e.id, e.profile_id, 'event', e.name
  from page cross join lateral (
    select * from events where workspace_id = $1 and profile_id = page.id and starts_with(message_id, $5) offset 0
  ) e
  returning received_at
)
select (select id from page order by id desc limit 1) as last, count(*) as count, max(received_at) as latest from queued`;
