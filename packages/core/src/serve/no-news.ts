import type { DeliveryNews } from "./delivery-news.ts";
import { createWatch } from "./watch.ts";

const lookMs = 500;

/** Where nothing listens: whoever waits looks by themselves. */
export const noNews: DeliveryNews = {
  subscribe: () => {
    const watch = createWatch();
    return { next: (signal) => watch.next(lookMs, signal), [Symbol.dispose]: () => {} };
  },
  close: async () => {},
};
