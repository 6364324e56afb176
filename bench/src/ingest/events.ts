/** Users who send, over and over: a later event finds its profile there already. */
const users = 20_000;

/** The n-th event that a sender has, as JSON: one of Segment's track calls. */
export function trackCall(sender: string, n: number): string {
  // A fixed walk over all users that no two neighbours share.
  const user = (n * 7_919) % users;
  return (
    `{"type":"track","userId":"user-${user}","event":"Order Completed","messageId":"${sender}-${n}",` +
    `"timestamp":"2026-03-01T12:00:00.000Z","properties":{"orderId":"o-${n}","total":${(n % 500) + 0.5},` +
    `"currency":"EUR","products":[{"sku":"A-${n % 97}","quantity":1},{"sku":"B-${n % 89}","quantity":2}]},` +
    `"context":{"ip":"203.0.113.7","library":{"name":"analytics-node","version":"2.1.0"}}}`
  );
}

export function batchCall(sender: string, from: number, size: number): string {
  const items = Array.from({ length: size }, (_, i) => trackCall(sender, from + i));
  return `{"batch":[${items.join(",")}],"sentAt":"2026-03-01T12:00:01.000Z"}`;
}
