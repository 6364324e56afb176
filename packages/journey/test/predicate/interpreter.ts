import type { EventFact, Json, Operand, Predicate } from "../../src/index.ts";

/** All an interpreter looks at; deliberately naive, and written against the documentation alone. */
export interface World {
  readonly profile: { readonly [trait: string]: Json };
  readonly event: EventFact | undefined;
  readonly vars: { readonly [name: string]: Json };
  readonly signal: EventFact | undefined;
  readonly item?: EventFact;
  readonly history: readonly EventFact[];
  readonly now: number;
  readonly timeZone: string;
}

export function interpret(predicate: Predicate, world: World): boolean {
  switch (predicate.op) {
    case "all":
      return predicate.of.every((inner) => interpret(inner, world));
    case "any":
      return predicate.of.some((inner) => interpret(inner, world));
    case "not":
      return !interpret(predicate.of, world);
    case "exists":
      return readOperand(predicate.value, world) !== undefined;
    case "did":
      return matching(predicate, world).length >= (predicate.times ?? 1);
    default: {
      const [left, right] = [readOperand(predicate.left, world), readOperand(predicate.right, world)];
      return left !== undefined && right !== undefined && compare(predicate.op, left, right);
    }
  }
}

function compare(op: string, left: Json, right: Json): boolean {
  const ordered = typeof left === typeof right && ["number", "string"].includes(typeof left);
  const texts = typeof left === "string" && typeof right === "string";
  switch (op) {
    case "eq":
      return canonical(left) === canonical(right);
    case "ne":
      return canonical(left) !== canonical(right);
    case "lt":
      return ordered && left! < right!;
    case "lte":
      return ordered && left! <= right!;
    case "gt":
      return ordered && left! > right!;
    case "gte":
      return ordered && left! >= right!;
    case "in":
      return Array.isArray(right) && right.map(canonical).includes(canonical(left));
    case "contains":
      return Array.isArray(left) ? left.map(canonical).includes(canonical(right)) : texts && left.includes(right);
    case "startsWith":
      return texts && left.startsWith(right);
    default:
      return texts && left.endsWith(right);
  }
}

function canonical(value: unknown): string {
  return JSON.stringify(value, (_, inner: unknown) =>
    typeof inner === "object" && inner !== null && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  );
}

function readOperand(operand: Operand, world: World): Json | undefined {
  if (typeof operand !== "object" || operand === null || Array.isArray(operand)) return operand as Json;
  if ("literal" in operand) return operand.literal;
  if ("ref" in operand) return lookUp(operand.ref, world);
  if ("count" in operand) return matching(operand.count, world).length;
  if (!("sum" in operand)) return undefined;
  return matching(operand.sum, world)
    .map((item) => lookUp(`item.${operand.sum.of}`, { ...world, item }))
    .reduce<number>((sum, value) => (typeof value === "number" ? sum + value : sum), 0);
}

function lookUp(ref: string, world: World): Json | undefined {
  let value: unknown = world;
  for (const key of ref.split(".")) {
    if (typeof value !== "object" || value === null) return undefined;
    value = Object.entries(value).find(([name]) => name === key)?.[1];
  }
  return value as Json | undefined;
}

interface Query {
  readonly event: string;
  readonly where?: Predicate;
  readonly within?: string;
}

function matching({ event, where, within }: Query, world: World): EventFact[] {
  const now = Temporal.Instant.fromEpochMilliseconds(world.now).toZonedDateTimeISO(world.timeZone);
  const since = within === undefined ? Number.NEGATIVE_INFINITY : now.subtract(within).epochMilliseconds;
  return world.history
    .filter((item) => item.name === event && item.receivedAt >= since)
    .filter((item) => item.receivedAt < world.now || (item.receivedAt === world.now && isSeen(item, world)))
    .filter((item) => where === undefined || interpret(where, { ...world, item }));
}

const isSeen = (item: EventFact, { signal }: World) => signal === undefined || item.id <= signal.id;
