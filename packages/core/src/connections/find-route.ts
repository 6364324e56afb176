import { isUuid } from "../ids.ts";
import type { Store } from "../store/connect.ts";
import { toStoreError } from "../store/failures.ts";
import type { ConnectionId } from "./connections.ts";

/** What is known of a connection to whoever names it in a URL, before anything of its workspace is read. */
export interface ConnectionRoute extends ConnectionId {
  readonly plugin: string;
  readonly channel: string;
  /** Of the stored connection, when it was looked up. */
  readonly version: string;
}

const maxAgeMs = 5_000;
const mostRemembered = 10_000;

interface Entry {
  readonly route: ConnectionRoute | undefined;
  readonly until: number;
}

/** Known and unknown ids apart: a flood of made-up ones cannot push out the real ones. */
interface Remembered {
  readonly known: Map<string, Entry>;
  readonly unknown: Map<string, Entry>;
}

const remembered = new WeakMap<Store, Remembered>();

/**
 * Where the connection of an id lives, whatever its workspace. Answers are repeated for up to five seconds; `fresh`:
 * only that there is none.
 */
export async function findRoute(
  store: Store,
  id: string,
  { fresh = false } = {},
): Promise<ConnectionRoute | undefined> {
  if (!isUuid(id)) return undefined;
  const key = id.toLowerCase();
  const { known, unknown } = rememberedOf(store);
  const entry = known.get(key) ?? unknown.get(key);
  const mayRepeat = entry !== undefined && !(fresh && entry.route);
  if (mayRepeat && entry.until > performance.now()) return entry.route;
  const route = await ask(store, key);
  known.delete(key);
  unknown.delete(key);
  remember(route ? known : unknown, key, route);
  return route;
}

function rememberedOf(store: Store): Remembered {
  let of = remembered.get(store);
  if (!of) {
    of = { known: new Map(), unknown: new Map() };
    remembered.set(store, of);
  }
  return of;
}

function remember(map: Map<string, Entry>, key: string, route: ConnectionRoute | undefined): void {
  map.set(key, { route, until: performance.now() + maxAgeMs });
  if (map.size > mostRemembered) map.delete(map.keys().next().value!);
}

async function ask(store: Store, id: string): Promise<ConnectionRoute | undefined> {
  try {
    const { rows } = await store.router.query<ConnectionRoute>(routeSql, [id]);
    return rows[0];
  } catch (error) {
    throw toStoreError(error);
  }
}

const routeSql = /* sql */ `
select workspace_id as "workspaceId", id as "connectionId", plugin, channel, updated_at::text as version
from connections where id = $1`;
