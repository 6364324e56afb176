const mostCharacters = 2_000;
/** 65 and 16 bytes: a point of P-256, and a secret. */
const point = /^[\w-]{87}=?$/;
const secret = /^[\w-]{22}={0,2}$/;

/** Where a push goes: the endpoint of an address of the kind `push`, the JSON of a browser's PushSubscription. */
export function findPushEndpoint(address: string): string | undefined {
  if (address.length > mostCharacters) return undefined;
  const { endpoint, keys } = parse(address);
  const isComplete = point.test(String(keys?.p256dh)) && secret.test(String(keys?.auth));
  return isComplete && typeof endpoint === "string" && isWebUrl(endpoint) ? endpoint : undefined;
}

interface Subscription {
  readonly endpoint?: unknown;
  readonly keys?: { readonly p256dh?: unknown; readonly auth?: unknown };
}

function parse(address: string): Subscription {
  try {
    return (JSON.parse(address) as Subscription | null) ?? {};
  } catch {
    return {};
  }
}

function isWebUrl(text: string): boolean {
  const url = URL.parse(text);
  return url !== null && /^https?:$/.test(url.protocol) && url.username === "" && url.password === "";
}
