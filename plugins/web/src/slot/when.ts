import { z } from "zod";
import type { EvaluationContext } from "./context.ts";

const attribute = z.union([z.string().max(1_000), z.number(), z.boolean()]);

/** Attributes that the page's context must have: each with this value, or with one of these. */
export const when = z.record(z.string().min(1).max(100), z.union([attribute, z.array(attribute).min(1).max(100)]));

/** Whether a decision is meant for a page with this context. What the page does not say is no match. */
export function fits(wanted: z.infer<typeof when> | null, context: EvaluationContext): boolean {
  return Object.entries(wanted ?? {}).every(([name, values]) => {
    const said = Object.hasOwn(context, name) ? context[name] : undefined;
    return [values].flat().some((value) => value === said);
  });
}
