import type { ProfileName } from "@wend/core";
import { z } from "zod";

/** How a request names a profile: exactly one of these. */
export const profileFields = {
  id: z.uuid().optional(),
  userId: z.string().min(1).max(256).optional(),
  anonymousId: z.string().min(1).max(256).optional(),
};

interface Named {
  readonly id?: string | undefined;
  readonly userId?: string | undefined;
  readonly anonymousId?: string | undefined;
}

export const namesOne = ({ id, userId, anonymousId }: Named): boolean =>
  [id, userId, anonymousId].filter((name) => name !== undefined).length === 1;

export const oneName = "Invalid input: expected exactly one of id, userId, anonymousId";

/** The name of a request that was found to have exactly one. */
export function profileName({ id, userId, anonymousId }: Named): ProfileName {
  if (id !== undefined) return { id };
  return userId === undefined ? { anonymousId: anonymousId! } : { userId };
}
