/** What is wrong with a request, in the words of OFREP; undefined: nothing. */
export interface ContextFault {
  readonly errorCode: "PARSE_ERROR" | "INVALID_CONTEXT" | "TARGETING_KEY_MISSING";
  readonly errorDetails: string;
}

/** Whose slots they are says the token. OFREP asks for a targeting key all the same, so that its clients notice. */
export async function findContextFault(request: Request): Promise<ContextFault | undefined> {
  const body: unknown = await request.json().catch(() => undefined);
  if (!isObject(body)) return { errorCode: "PARSE_ERROR", errorDetails: "The body is a JSON object." };
  const { context } = body;
  if (!isObject(context)) return { errorCode: "INVALID_CONTEXT", errorDetails: "The context is an object." };
  const { targetingKey } = context;
  if (typeof targetingKey === "string" && targetingKey !== "") return undefined;
  return { errorCode: "TARGETING_KEY_MISSING", errorDetails: "The context has a targetingKey." };
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null && !Array.isArray(value);
