import { z } from "zod";
import type { ProblemCode } from "../check/table.ts";
import { limits } from "../language/limits.ts";
import { findDurationFault } from "../time/duration.ts";
import { isTimeZone } from "../time/zone.ts";

/** Attaches a problem code to a zod check; `check/schema-problems.ts` reads it back. */
function problem(code: ProblemCode, detail?: string): { error: string; params: { problem: ProblemCode } } {
  return { error: detail ?? "", params: { problem: code } };
}

/** A name of anything: 1 to 200 characters. */
export const nameSchema = z.string().min(1).max(limits.nameLength);

/** The name of a variable, as templates write it. */
export const variableSchema = z
  .string()
  .regex(/^[A-Za-z][A-Za-z0-9_]*$/, "a variable has letters, digits and _, and starts with a letter")
  .refine((name) => !["constructor", "prototype"].includes(name), problem("journey.forbidden_key"))
  .max(limits.nameLength);

export const timeZoneSchema = z.string().refine(isTimeZone, problem("journey.unknown_time_zone"));

export const durationSchema = z.string().check((context) => {
  const fault = findDurationFault(context.value);
  if (fault === undefined) return;
  context.issues.push({
    code: "custom",
    input: context.value,
    message: fault,
    params: { problem: "journey.bad_duration" satisfies ProblemCode },
  });
});
