import { connectionProblemTable, routeProblemTable } from "@wend/core";
import { journeyProblemTable } from "@wend/journey";
import { errorTable, pluginProblemTable } from "@wend/plugin";

const retries = {
  never: "no",
  backoff: "yes, with growing pauses",
  ambiguous: "by the action's `dedupe`",
} as const;

// What stands in the `problems` of an error has a code of its own where the error's would say too little.
const problemTables = {
  "journey.invalid": journeyProblemTable,
  "connection.invalid_config": connectionProblemTable,
  "route.invalid": routeProblemTable,
  "plugin.invalid": pluginProblemTable,
};

/** `docs/reference/errors.md`, out of the tables of errors and problems. */
export function renderErrorReference(): string {
  const groups = Map.groupBy(Object.entries(errorTable), ([code]) => code.split(".")[0]!);
  const sections = [...groups].map(([group, entries]) => `## ${group}\n\n${head}\n${entries.map(row).join("\n")}`);
  const insides = Object.entries(problemTables).map(inside);
  return `${[introduction, ...sections, problemIntroduction, ...insides].join("\n\n")}\n`;
}

function inside([error, table]: [string, Readonly<Record<string, Words>>]): string {
  const rows = Object.entries(table).map(([code, words]) => `| \`${code}\` | ${wordCells(words)} |`);
  return `### Problems inside \`${error}\`\n\n${problemHead}\n${rows.join("\n")}`;
}

interface Words {
  readonly message: string;
  readonly fix: string;
}

const problemHead = "| code | what it means | what to do |\n|---|---|---|";
const head = "| code | status | try again | what it means | what to do |\n|---|---|---|---|---|";

function row([code, { status, retry, ...words }]: [string, (typeof errorTable)[keyof typeof errorTable]]): string {
  return `| \`${code}\` | ${status} | ${retries[retry]} | ${wordCells(words)} |`;
}

const wordCells = ({ message, fix }: Words): string => `${cell(message)} | ${cell(fix)}`;

const cell = (text: string): string => text.replaceAll("|", "\\|").replaceAll("__", "\\_\\_");

const introduction = `# Errors

<!-- Generated out of the tables of errors and problems by \`pnpm --filter @wend/api reference\`. -->

Every error has a stable code; codes are added, never renamed. Over HTTP it is an RFC 9457 document, through the API it is
\`error.data.wend\`, on a run or a delivery it stands in its \`error\`. The policy of retry belongs to the code: whoever catches
an error, whether a worker or you, goes by it.

Inside an error, each entry of \`problems\` has a code too: the error's own, or one of [those at the end](#problems).
\`@wend/client\` adds two codes: \`client.no_answer\` when no answer came, \`client.bad_answer\` when it is not one of Wend.`;

const problemIntroduction = `## Problems

Each has a \`pointer\` to its place, a \`message\` that names the value at fault, and a \`fix\`.`;
