import type { ConnectionRow } from "./connection.ts";
import type { SecretBox } from "./secret-box.ts";

/** A connection's secrets in the clear: for its plugin, never for a log, a job or the API. */
export function openSecrets(
  box: SecretBox,
  workspaceId: number,
  row: Pick<ConnectionRow, "id" | "secrets">,
): Record<string, string> {
  return Object.fromEntries(
    Object.entries(row.secrets).map(([field, sealed]) => [
      field,
      box.open({ workspaceId, owner: row.id, field }, sealed),
    ]),
  );
}
