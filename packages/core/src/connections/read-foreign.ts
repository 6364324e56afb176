/** Reads what a plugin has thrown. Doing so may run its code, by a getter or a proxy; what that throws is `undefined`. */
export function readForeign<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch {
    return undefined;
  }
}
