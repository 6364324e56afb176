/** `Retry-After` in both its forms in turn: a second, and the date that is a second from now or a little more. */
export function createRetryAfter(): () => string {
  let calls = 0;
  return () => {
    calls += 1;
    return calls % 2 === 0 ? "1" : new Date(Math.ceil(Date.now() / 1_000 + 1) * 1_000).toUTCString();
  };
}
