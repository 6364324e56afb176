import type { Call } from "./call.ts";

/** What of a ServiceWorkerRegistration is used: its type stands in a library that servers do not load. */
interface Registration {
  readonly pushManager: {
    getSubscription(): Promise<Subscription | null>;
    subscribe(options: { userVisibleOnly: true; applicationServerKey: Uint8Array<ArrayBuffer> }): Promise<Subscription>;
  };
}

interface Subscription {
  readonly options: { readonly applicationServerKey: ArrayBuffer | null };
  unsubscribe(): Promise<boolean>;
}

export interface PushOptions {
  /** Of the page's service worker: `await navigator.serviceWorker.ready`. */
  readonly registration: Registration;
  /** Keeps the address as the customer's trait `push`: by the site's server, or by `identify` with a public key. */
  save(address: string): Promise<unknown> | unknown;
}

/** Asks the customer's leave, unless they gave it; to be called from a click. */
export async function subscribePush(call: Call, { registration, save }: PushOptions): Promise<string> {
  const response = await call("/push/key");
  const key = toBytes(((await response.json()) as { publicKey: string }).publicKey);
  const { pushManager } = registration;
  const known = await pushManager.getSubscription();
  const fits = known && isSame(new Uint8Array(known.options.applicationServerKey ?? []), key);
  // One for other keys is of no use, and stands in the way.
  if (known && !fits) await known.unsubscribe();
  const subscription = fits ? known : await pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: key });
  const address = JSON.stringify(subscription);
  await save(address);
  return address;
}

const isSame = (one: Uint8Array, other: Uint8Array): boolean => one.join() === other.join();

const toBytes = (text: string): Uint8Array<ArrayBuffer> =>
  Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (letter) => letter.charCodeAt(0));
