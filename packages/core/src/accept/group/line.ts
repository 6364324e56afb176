/** Calls of one workspace that wait for their transaction, in the order in which they came. */
export interface Line<T> {
  readonly length: number;
  push(waiting: T): void;
  /** Takes from the front: at least one, then as many as have room for their items. */
  take(maxItems: number): T[];
  /** Resolves when so many wait, or after `ms`. */
  grows(to: number, ms: number): Promise<void>;
}

export function createLine<T extends { readonly share: { readonly items: number } }>(): Line<T> {
  let waiting: T[] = [];
  let wanted = Number.POSITIVE_INFINITY;
  let enough = (): void => {};

  return {
    get length() {
      return waiting.length;
    },
    push: (one) => {
      waiting.push(one);
      if (waiting.length >= wanted) enough();
    },
    take: (maxItems) => {
      let items = 0;
      let count = 0;
      while (count < waiting.length && (count === 0 || items + waiting[count]!.share.items <= maxItems)) {
        items += waiting[count++]!.share.items;
      }
      const taken = waiting.slice(0, count);
      waiting = waiting.slice(count);
      return taken;
    },
    grows: (to, ms) =>
      new Promise((resolve) => {
        const timer = setTimeout(() => enough(), ms);
        wanted = to;
        enough = () => {
          wanted = Number.POSITIVE_INFINITY;
          clearTimeout(timer);
          resolve();
        };
      }),
  };
}
