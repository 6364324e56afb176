import { z } from "zod";

/**
 * An input that passes as it is and is documented by a schema: whoever checks it inside knows more than the schema,
 * and tells all faults at once.
 */
export const checkedInside = <S extends z.ZodType>(schema: S) => {
  const { $schema: _, ...documented } = z.toJSONSchema(schema, { io: "input", unrepresentable: "any" });
  return z.custom<z.input<S>>().meta(documented);
};
