import type { ActionItem } from "@wend/plugin";
import { parseEmailAddress } from "@wend/plugin";
import type { Names } from "./user.ts";

type Named = Pick<ActionItem<{ readonly externalId?: string | undefined }>, "address" | "input">;

/** By what a call's customer is known. A template that renders to nothing names nobody. */
export function namesOf({ address, input }: Named): Names {
  const externalId = input.externalId?.trim();
  return {
    address: parseEmailAddress(address ?? "").address,
    externalId: externalId === "" ? undefined : externalId,
  };
}
