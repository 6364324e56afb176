/** Asked just before a request is written to a socket; false: nothing is written and the call fails. */
export type MayWrite = () => boolean;

const guards = new WeakMap<AbortSignal, MayWrite>();

/**
 * Binds a last check to the signal of a call. Between the decision to call and the first byte a process can be
 * stopped for any time (a connect, a pause of the machine), and its lease with it.
 */
export function guardCall(signal: AbortSignal, mayWrite: MayWrite): void {
  guards.set(signal, mayWrite);
}

export const mayWrite = (signal: AbortSignal | undefined): boolean =>
  signal === undefined || (guards.get(signal)?.() ?? true);
