import { errorTable } from "@wend/plugin";

const retries = {
  never: "no",
  backoff: "yes, with growing pauses",
  ambiguous: "by the action's `dedupe`",
} as const;

/** `docs/reference/errors.md`, out of the table of errors. */
export function renderErrorReference(): string {
  const groups = Map.groupBy(Object.entries(errorTable), ([code]) => code.split(".")[0]!);
  const sections = [...groups].map(([group, entries]) => `## ${group}\n\n${head}\n${entries.map(row).join("\n")}`);
  return `${[introduction, ...sections].join("\n\n")}\n`;
}

const head = "| code | status | try again | what it means | what to do |\n|---|---|---|---|---|";

function row([code, { status, retry, message, fix }]: [string, (typeof errorTable)[keyof typeof errorTable]]): string {
  return `| \`${code}\` | ${status} | ${retries[retry]} | ${cell(message)} | ${cell(fix)} |`;
}

const cell = (text: string): string => text.replaceAll("|", "\\|").replaceAll("__", "\\_\\_");

const introduction = `# Errors

<!-- Generated out of packages/plugin/src/error-table.ts by \`pnpm --filter @wend/api reference\`. -->

Every error has a stable code; codes are added, never renamed. Over HTTP it is an RFC 9457 document, through the API it is
\`error.data.wend\`, on a run or a delivery it stands in its \`error\`. The policy of retry belongs to the code: whoever catches
an error, whether a worker or you, goes by it.`;
