import { z } from "zod";
import { listOf } from "./list.ts";

/** Items of one page. */
export const pageLimits = { most: 200, unlessAsked: 50 } as const;

const limit = z.int().min(1).max(pageLimits.most).default(pageLimits.unlessAsked).describe("most items of the answer");

/** Asks for a page of a list whose cursor is an id. */
export const pageById = {
  limit,
  before: z.uuid().optional().describe("`next` of the page before; absent: the newest"),
};

/** Asks for a page of a list whose cursor is opaque. */
export const pageByCursor = {
  limit,
  before: z.string().max(500).optional().describe("`next` of the page before; absent: the newest"),
};

/** A page of an answer, newest first. */
export const pageOf = <S extends z.ZodType>(item: S) =>
  z.object({
    items: listOf(item),
    next: z.string().nullable().describe("`before` of the next page; null: this was the last"),
  });
