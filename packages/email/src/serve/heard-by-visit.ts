import type { Receipt } from "@wend/plugin";

/** The answer to a browser, and what its request has told. */
export interface HeardByVisit {
  readonly response: Response;
  readonly receipts?: readonly Receipt<"opened" | "clicked" | "unsubscribed">[];
}
