import { AsyncLocalStorage } from "node:async_hooks";

/** Asked just before a request is written to a socket; false: nothing is written and the call fails. */
export type MayWrite = () => boolean;

const guards = new AsyncLocalStorage<MayWrite>();

/**
 * Runs a plugin's call under a last check. Between the decision to call and the first byte a process can be stopped
 * for any time, and when it goes on, a connect that ended meanwhile is heard of before any timer. The check follows
 * the call rather than its signal, because a plugin may pass on a signal of its own.
 */
export const runGuarded = <T>(mayWrite: MayWrite, call: () => T): T => guards.run(mayWrite, call);

/** The check of the call under way; without one, writing is allowed. */
export const currentGuard = (): MayWrite | undefined => guards.getStore();
