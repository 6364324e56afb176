import type { z } from "zod";

/** Reads a zod schema's structure without `instanceof`: a plugin may carry its own copy of zod. */
export interface SchemaDef {
  readonly type: string;
  readonly innerType?: z.ZodType;
  readonly in?: z.ZodType;
  readonly getter?: () => z.ZodType;
  readonly options?: readonly z.ZodType[];
  readonly shape?: { readonly [field: string]: z.ZodType };
}

export function findSchemaDef(schema: unknown): SchemaDef | undefined {
  const def = (schema as { _zod?: { def?: SchemaDef } } | undefined)?._zod?.def;
  return typeof def?.type === "string" ? def : undefined;
}

/** The kinds of value a schema takes, below optional, default, pipe and the like: `string`, `number`, `object`, … */
export function kindsOf(schema: unknown, depth = 0): readonly string[] {
  const def = findSchemaDef(schema);
  if (def === undefined || depth > 10) return [];
  const inner = def.innerType ?? def.in ?? def.getter?.();
  if (inner !== undefined) return kindsOf(inner, depth + 1);
  if (def.options !== undefined) return def.options.flatMap((option) => kindsOf(option, depth + 1));
  return [def.type];
}
