/** What a page says of itself and its visit; Wend knows the customer already. */
export type EvaluationContext = Readonly<Record<string, unknown>>;

/** What is wrong with a request, in the words of OFREP; undefined: nothing. */
export interface ContextFault {
  readonly errorCode: "PARSE_ERROR" | "INVALID_CONTEXT" | "TARGETING_KEY_MISSING";
  readonly errorDetails: string;
}

/**
 * The context of a request, or what is wrong with it. Whose slots they are says the token. OFREP asks for a targeting key
 * all the same, so that its clients notice.
 */
export async function readContext(request: Request): Promise<{ context: EvaluationContext } | ContextFault> {
  const body: unknown = await request.json().catch(() => undefined);
  if (!isObject(body)) return { errorCode: "PARSE_ERROR", errorDetails: "The body is a JSON object." };
  const { context } = body;
  if (!isObject(context)) return { errorCode: "INVALID_CONTEXT", errorDetails: "The context is an object." };
  const { targetingKey } = context;
  if (typeof targetingKey === "string" && targetingKey !== "") return { context };
  return { errorCode: "TARGETING_KEY_MISSING", errorDetails: "The context has a targetingKey." };
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null && !Array.isArray(value);
