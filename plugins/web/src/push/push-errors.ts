import type { ErrorCode } from "@wend/plugin";

/** What a push service's status means, where it is not what the same status means everywhere. */
export const pushErrors: Readonly<Record<number, ErrorCode>> = {
  // The subscription has ended, or never was.
  404: "address.gone",
  410: "address.gone",
};
