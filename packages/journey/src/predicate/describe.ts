import type { HistoryQuery, Operand } from "../language/operand.ts";
import type { Predicate } from "../language/predicate.ts";

/** An operand in words, to name its value in a record: `profile.plan`, `count(Order Completed within P30D)`. */
export function describeOperand(operand: Operand): string {
  if (typeof operand !== "object" || operand === null) return JSON.stringify(operand);
  if ("ref" in operand) return operand.ref;
  if ("count" in operand) return `count(${describeQuery(operand.count)})`;
  if ("sum" in operand) return `sum(${operand.sum.of} of ${describeQuery(operand.sum)})`;
  return JSON.stringify("literal" in operand ? operand.literal : operand);
}

/** A predicate in words. */
export function describePredicate(predicate: Predicate): string {
  switch (predicate.op) {
    case "all":
      return `(${predicate.of.map(describePredicate).join(" and ")})`;
    case "any":
      return `(${predicate.of.map(describePredicate).join(" or ")})`;
    case "not":
      return `not ${describePredicate(predicate.of)}`;
    case "exists":
      return `exists(${describeOperand(predicate.value)})`;
    case "did":
      return `did(${describeQuery(predicate)}${predicate.times === undefined ? "" : ` ${predicate.times} times`})`;
    default:
      return `${describeOperand(predicate.left)} ${predicate.op} ${describeOperand(predicate.right)}`;
  }
}

function describeQuery(query: HistoryQuery): string {
  const where = query.where === undefined ? "" : ` where ${describePredicate(query.where)}`;
  const within = query.within === undefined ? "" : ` within ${query.within}`;
  return `${query.event}${where}${within}`;
}
