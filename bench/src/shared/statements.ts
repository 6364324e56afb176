import pg from "pg";

/**
 * Counts every statement that this process sends to a database, whoever sends it: the store, the router, the queues.
 * Statements that travel in one message are counted one by one; what a server-side function does inside is not seen.
 */
export function countStatements(): () => number {
  let count = 0;
  const { prototype } = pg.Client;
  const query = prototype.query;
  prototype.query = function counted(this: pg.Client, ...args: unknown[]) {
    const [first] = args as [string | { text?: string }];
    const text = typeof first === "string" ? first : (first.text ?? "");
    count += /^(?:discard plans; )?begin; /.test(text) ? text.split("; ").length : 1;
    return (query as (...args: unknown[]) => unknown).apply(this, args);
  } as typeof query;
  return () => count;
}
