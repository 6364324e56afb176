import type { z } from "zod";
import { definitionSchema } from "../schema/definition.ts";
import type { JourneyProblem, Path } from "./problem.ts";
import { createProblem } from "./problem.ts";
import { getOwn, getPath } from "./raw.ts";
import type { ProblemCode } from "./table.ts";
import { problemTable } from "./table.ts";

type Issue = z.core.$ZodIssue;

/** Every departure from the schema, in the codes of the table. */
export function findSchemaProblems(input: unknown): JourneyProblem[] {
  const result = definitionSchema.safeParse(input);
  if (result.success) return [];
  return result.error.issues.flatMap((issue) => problemsOf(issue, [], input));
}

function problemsOf(issue: Issue, base: Path, input: unknown): JourneyProblem[] {
  const path = [...base, ...issue.path];
  if (getPath(input, path) === undefined && issue.code !== "unrecognized_keys") {
    return [createProblem(codeOfMissing(path, input), path)];
  }
  switch (issue.code) {
    case "unrecognized_keys":
      return issue.keys.map((key) => createProblem("journey.unknown_field", [...path, key]));
    case "invalid_union":
      return unionProblems(issue, path, input);
    case "too_small":
      return [createProblem(isTriggers(path) ? "journey.no_trigger" : "journey.invalid_field", path, issue.message)];
    case "too_big":
      return [createProblem("journey.limit_exceeded", path, issue.message)];
    case "custom":
      return [createProblem(codeOfCustom(issue), path, issue.message || shown(getPath(input, path)))];
    case "invalid_key":
      return [createProblem("journey.invalid_field", path, "the name must have 1 to 200 characters")];
    default:
      return [createProblem("journey.invalid_field", path, issue.message)];
  }
}

const isTriggers = (path: Path) => path.length === 1 && path[0] === "triggers";

function codeOfMissing(path: Path, input: unknown): ProblemCode {
  if (isTriggers(path)) return "journey.no_trigger";
  if (path.length === 1 && path[0] === "timeZone") return "journey.missing_time_zone";
  if (path.length !== 3 || path[0] !== "nodes") return "journey.missing_field";
  return (
    missingOfNode[`${getOwn(getPath(input, path.slice(0, 2)), "type")}.${String(path[2])}`] ?? "journey.missing_field"
  );
}

const missingOfNode: { readonly [field: string]: ProblemCode | undefined } = {
  "waitForEvent.timeout": "journey.wait_without_timeout",
  "split.else": "journey.split_without_else",
  "send.outcome": "journey.send_without_outcome",
  "webhook.outcome": "journey.send_without_outcome",
};

function codeOfCustom(issue: z.core.$ZodIssueCustom): ProblemCode {
  const code = issue.params?.problem;
  return typeof code === "string" && code in problemTable ? (code as ProblemCode) : "journey.invalid_field";
}

function unionProblems(issue: z.core.$ZodIssueInvalidUnion, path: Path, input: unknown): JourneyProblem[] {
  if (issue.errors.length === 0) return [createProblem(codeOfDiscriminator(path), path, shown(getPath(input, path)))];
  const meant = findMeant(issue.errors, getPath(input, path));
  if (meant === undefined) return [createProblem("journey.bad_operand", path)];
  return meant.flatMap((inner) => problemsOf(inner, path, input));
}

function codeOfDiscriminator(path: Path): ProblemCode {
  if (path.at(-1) === "op") return "journey.unknown_op";
  return path.at(-1) === "type" ? "journey.unknown_node_type" : "journey.invalid_field";
}

// Of the ways to write an operand, the one whose faults all lie inside what is there is the one that was meant.
function findMeant(errors: readonly (readonly Issue[])[], value: unknown): readonly Issue[] | undefined {
  const inside = (issue: Issue) =>
    issue.path.length === 0 ? issue.code === "too_big" : getOwn(value, issue.path[0]!) !== undefined;
  return errors.find((issues) => issues.every(inside));
}

function shown(value: unknown): string {
  return typeof value === "string" ? `it is ${JSON.stringify(value.slice(0, 100))}` : `it is a ${typeof value}`;
}
