import type { Problem } from "@wend/plugin";
import { jsonPointer } from "@wend/plugin";
import type { ProblemCode } from "./table.ts";
import { problemTable } from "./table.ts";

/** One fault of a definition. */
export interface JourneyProblem extends Problem {
  readonly code: ProblemCode;
  readonly fix: string;
}

export type Path = readonly PropertyKey[];

/** A problem at a path, in the words of the table; `detail` names the value at fault. */
export function createProblem(code: ProblemCode, path: Path, detail?: string): JourneyProblem {
  const { message, fix } = problemTable[code];
  return { code, pointer: jsonPointer(path), message: detail ? `${message} ${sentence(detail)}` : message, fix };
}

function sentence(detail: string): string {
  const text = detail.charAt(0).toUpperCase() + detail.slice(1);
  return text.endsWith(".") ? text : `${text}.`;
}
