import { WendError } from "@wend/plugin";

const retryAfterMs = 1_000;

// 08: connection; 57P01-03: shut down by an operator, crashed, starting up; 25P03: we were stopped inside a transaction
// for so long that the server ended it.
const lostConnection = /^(08...|57P0[123]|25P03)$/;
// 40001, 40P01: serialization failure and deadlock, rolled back as a whole.
const rolledBack = /^(40001|40P01)$/;
// 53: out of disk, memory or connections; 25006: read-only server; 55P03 and 57014: our own time limits.
const exhausted = /^(53...|25006|55P03|57014)$/;
// 28: login refused; 3D000: no such database.
const refused = /^(28...|3D000)$/;
const network = /^(ECONN\w+|EPIPE|ETIMEDOUT|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH)$/;
// What the driver says without a code.
const driver =
  /^(Connection terminated|timeout expired|timeout exceeded when trying to connect|Query read timeout|Client has encountered a connection error|Client was closed)/;

/** The SQLSTATE or system error code of a fault, if it has one; of a WendError, that of its cause. */
export function codeOf(error: unknown): string | undefined {
  if (error instanceof WendError) return codeOf(error.cause);
  // Several addresses of one host, none of which answered.
  if (error instanceof AggregateError && !("code" in error)) return codeOf(error.errors[0]);
  const code = (error as { code?: unknown } | null)?.code;
  return typeof code === "string" ? code : undefined;
}

/** True when the connection was lost or could not be made: nothing says whether a commit under way took effect. */
export function isConnectionLost(error: unknown): boolean {
  if (error instanceof WendError) return isConnectionLost(error.cause);
  const code = codeOf(error);
  if (code !== undefined && (lostConnection.test(code) || network.test(code))) return true;
  return error instanceof Error && (driver.test(error.message) || isMissingSocket(error));
}

const isMissingSocket = ({ code, syscall }: NodeJS.ErrnoException) => code === "ENOENT" && syscall === "connect";

/** True when running the whole transaction again may succeed. */
export function isRetryable(error: unknown): boolean {
  return isConnectionLost(error) || rolledBack.test(codeOf(error) ?? "");
}

/** Turns a driver's fault into a WendError where the caller can act on it; leaves everything else as it is. */
export function toStoreError(error: unknown): unknown {
  if (error instanceof WendError) return error;
  const code = codeOf(error) ?? "";
  if (refused.test(code)) return new WendError("store.refused", { detail: `SQLSTATE ${code}.`, cause: error });
  if (isRetryable(error) || exhausted.test(code)) {
    return new WendError("store.unavailable", { retryAfterMs, cause: error });
  }
  return error;
}
