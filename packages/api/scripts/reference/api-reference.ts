import type { AnyTRPCProcedure } from "@trpc/server";
import { z } from "zod";
import type { ApiMeta } from "../../src/index.ts";
import { apiScopes, appRouter } from "../../src/index.ts";
import { pageLimits } from "../../src/schema/page.ts";
import { readDocComments } from "./doc-comments.ts";
import type { Schema } from "./schema-text.ts";
import { schemaText } from "./schema-text.ts";

const src = new URL("../../src/", import.meta.url);

interface Documented {
  readonly path: string;
  readonly comment: string;
  readonly type: string;
  readonly scope: string | null;
  readonly input: z.ZodType | undefined;
  readonly output: z.ZodType;
}

/** `docs/reference/api.md`, out of the routers themselves. */
export async function renderApiReference(): Promise<string> {
  const nouns = Map.groupBy(await documentedProcedures(), ({ path }) => path.split(".")[0]!);
  const sections = [...nouns].map(([noun, procedures]) => `## ${noun}\n\n${procedures.map(section).join("\n\n")}`);
  return `${[introduction, ...sections].join("\n\n")}\n`;
}

async function documentedProcedures(): Promise<Documented[]> {
  const found: Documented[] = [];
  for (const [path, procedure] of Object.entries<AnyTRPCProcedure>(appRouter._def.procedures as never)) {
    const [noun, name] = path.split(".") as [string, string];
    const comment = (await readDocComments(new URL(`${noun}/router.ts`, src))).get(name);
    if (!comment) throw new Error(`${path} has no doc comment`);
    const def = procedure._def as unknown as { inputs: z.ZodType[]; output: z.ZodType; type: string; meta: ApiMeta };
    found.push({
      path,
      comment,
      type: def.type,
      scope: def.meta.scope,
      input: def.inputs[0],
      output: def.output,
    });
  }
  return found;
}

function section({ path, comment, type, scope, input, output }: Documented): string {
  return [
    `### ${path}`,
    `${type === "query" ? "GET" : "POST"} \`/trpc/${path}\` · ${scope === null ? "any `srv_` key" : `scope \`${scope}\``}`,
    comment,
    `Input:${input ? `\n\n${block(z.toJSONSchema(input, { io: "input", unrepresentable: "any" }) as Schema)}` : " none."}`,
    `Output:\n\n${block(z.toJSONSchema(output, { io: "output", unrepresentable: "any" }) as Schema)}`,
  ].join("\n\n");
}

const block = (schema: Schema): string => `\`\`\`ts\n${schemaText(schema)}\n\`\`\``;

const introduction = `# API

<!-- Generated out of packages/api by \`pnpm --filter @wend/api reference\`. -->

Every procedure is a tRPC 11 procedure under \`/trpc\`; the typed client is \`@wend/client\`. A query is a GET with its input as
JSON in the parameter \`input\`, a mutation is a POST with its input as a JSON body (\`content-type: application/json\`). The
answer is \`{"result": {"data": …}}\` or \`{"error": {"message": …, "data": {"wend": …}}}\`.

**Key.** \`Authorization: Bearer srv_…\`, or the key as the user name of Basic authentication. A \`pub_\` key never reads. A key
works in its own workspace: the ids of another answer exactly like unknown ones. Scopes: ${apiScopes.map((scope) => `\`${scope}\``).join(", ")}; \`*\` is all of them, and none implies another.

**Errors.** \`error.data.wend\` has a stable \`code\`, \`status\`, \`detail\`, \`pointer\` (RFC 6901, into the input), \`problems\` (all
faults at once), \`fix\`, \`retryAfterMs\` and \`requestId\`. All codes: [errors](errors.md). Any procedure may throw
\`request.invalid_field\`, \`auth.missing_key\`, \`auth.invalid_key\`, \`auth.forbidden\`, \`store.unavailable\` and \`internal.unexpected\`;
what else it throws stands beside it.

**Lists.** Newest first, ${pageLimits.unlessAsked} items unless \`limit\` says otherwise, ${pageLimits.most} at most. \`next\` is the \`before\` of the following page;
\`null\` is the end.

An \`instant\` is ISO 8601 in UTC: \`2026-11-21T20:14:18.123Z\`. A field with \`?\` may be left out.`;
