import { readForeign } from "./read-foreign.ts";

/** Where a plugin's error happened. Its words may hold a secret or an address, so that they stay out of the log. Never throws. */
export const stackFrames = (cause: unknown): string[] | undefined => readForeign(() => framesOf(cause));

function framesOf(cause: unknown): string[] | undefined {
  if (!(cause instanceof Error)) return undefined;
  const { message, stack } = cause;
  if (typeof stack !== "string" || typeof message !== "string") return undefined;
  // A message may have lines that look like frames.
  const at = message === "" ? 0 : stack.indexOf(message);
  return stack
    .slice(at < 0 ? 0 : at + message.length)
    .split("\n")
    .filter((line) => frame.test(line));
}

const frame = /^ {4}at .*:\d+:\d+\)?$/;
