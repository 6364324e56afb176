interface SchemaDef {
  readonly type: string;
  readonly shape?: { readonly [field: string]: unknown };
  readonly catchall?: unknown;
  readonly element?: unknown;
  readonly valueType?: unknown;
  readonly innerType?: unknown;
  readonly out?: unknown;
  readonly options?: readonly unknown[];
}

const scalars = new Set([
  "string",
  "number",
  "int",
  "boolean",
  "null",
  "literal",
  "enum",
  "undefined",
  "void",
  "never",
]);

/**
 * What could have been read where a path leaves what a schema gives; undefined when it does not, as far as the schema
 * tells. It is read without `instanceof`: a plugin may carry its own copy of zod.
 */
export function findStray(schema: unknown, path: readonly string[]): readonly string[] | undefined {
  const def = defOf(schema);
  if (def === undefined || path.length === 0) return undefined;
  const inner = def.innerType ?? def.out;
  if (inner !== undefined) return findStray(inner, path);
  if (def.options !== undefined) return findInAny(def.options, path);
  if (def.shape !== undefined) return findInObject(def, def.shape, path);
  if (def.element !== undefined) return findInList(def.element, path);
  if (def.valueType !== undefined) return findStray(def.valueType, path.slice(1));
  return scalars.has(def.type) ? [] : undefined;
}

type Shape = NonNullable<SchemaDef["shape"]>;

function findInObject(def: SchemaDef, shape: Shape, [key, ...rest]: readonly string[]): readonly string[] | undefined {
  if (Object.hasOwn(shape, key!)) return findStray(shape[key!], rest);
  return isClosed(def) ? Object.keys(shape) : undefined;
}

function findInList(element: unknown, [key, ...rest]: readonly string[]): readonly string[] | undefined {
  if (/^[0-9]+$/.test(key!)) return findStray(element, rest);
  return key === "length" && rest.length === 0 ? undefined : ["0", "length"];
}

function findInAny(options: readonly unknown[], path: readonly string[]): readonly string[] | undefined {
  const strays = options.map((option) => findStray(option, path));
  return strays.some((stray) => stray === undefined) ? undefined : [...new Set(strays.flatMap((stray) => stray ?? []))];
}

// What a schema does not know it drops, unless it takes any field.
const isClosed = ({ catchall }: SchemaDef): boolean => catchall === undefined || defOf(catchall)?.type === "never";

function defOf(schema: unknown): SchemaDef | undefined {
  const def = (schema as { _zod?: { def?: SchemaDef } } | null | undefined)?._zod?.def;
  return typeof def?.type === "string" ? def : undefined;
}
