import { z } from "zod";

/** A list of an answer. */
export const listOf = <S extends z.ZodType>(item: S) => z.array(item).readonly();
