/** Where a plugin's error happened. Its words may hold a secret or an address, so that they stay out of the log. */
export function stackFrames(cause: unknown): string[] | undefined {
  return cause instanceof Error ? cause.stack?.split("\n").filter((line) => line.startsWith("    at ")) : undefined;
}
