/** What of a service worker's events and globals is used. */
interface Waiting {
  waitUntil(promise: Promise<unknown>): void;
}

interface PushEvent extends Waiting {
  readonly data: { json(): Sent } | null;
}

interface ClickEvent extends Waiting {
  readonly notification: { readonly data: Sent; close(): void };
}

interface Shower {
  showNotification(title: string, options: object): Promise<void>;
}

interface Windows {
  openWindow(url: string): Promise<unknown>;
}

/** What the push carries. */
interface Sent {
  readonly title: string;
  readonly body?: string;
  readonly url?: string;
  readonly icon?: string;
  readonly tag: string;
  readonly report: string;
}

/**
 * Shows what was pushed, and says that it was.
 *
 * @example
 * addEventListener("push", (event) => showNotification(event, registration));
 */
export function showNotification(event: PushEvent, registration: Shower): void {
  const sent = event.data?.json();
  if (!sent) return;
  const { title, body, icon, tag } = sent;
  const shown = registration.showNotification(title, { body, tag, data: sent, ...(icon && { icon }) });
  event.waitUntil(shown.then(() => tell(sent, "shown")));
}

/**
 * Opens what a notification leads to, and says that it was clicked.
 *
 * @example
 * addEventListener("notificationclick", (event) => openNotification(event, clients));
 */
export function openNotification(event: ClickEvent, windows: Windows): void {
  const { notification } = event;
  notification.close();
  const opened = notification.data.url ? windows.openWindow(notification.data.url) : undefined;
  event.waitUntil(Promise.allSettled([opened, tell(notification.data, "clicked")]));
}

// Whoever is offline is asked nothing twice: a receipt is worth no retry.
const tell = (sent: Sent, done: string): Promise<unknown> =>
  fetch(`${sent.report}/${done}`, { method: "POST", keepalive: true }).catch(() => undefined);
