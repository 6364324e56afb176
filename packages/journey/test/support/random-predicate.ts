import fc from "fast-check";
import type { CompareOp, Operand, Predicate } from "../../src/index.ts";

const paths = {
  profile: ["profile.plan", "profile.visits", "profile.tags", "profile.address.city", "profile.toString", "profile.id"],
  event: ["event.properties.total", "event.properties.plan", "event.name", "event.receivedAt"],
  vars: ["vars.order.total", "vars.order"],
  signal: ["signal.properties.total", "signal.name"],
  item: ["item.properties.total", "item.properties.plan"],
};

export type Root = keyof typeof paths;

const literal = fc.constantFrom<Operand>("pro", "free", "p", "", 0, 1, 10, 2.5, true, null, ["pro", 1], ["vip"], {
  literal: { city: "Ulm" },
});
const ops: readonly CompareOp[] = ["eq", "ne", "lt", "lte", "gt", "gte", "in", "contains", "startsWith", "endsWith"];
const within = fc.constantFrom(undefined, "PT1H", "PT24H", "P1D", "P30D");

/** Predicates over a small world, in which much is missing, equal or of another type. */
export function anyPredicate(roots: readonly Root[], depth = 2): fc.Arbitrary<Predicate> {
  const inHistory = roots.includes("item");
  const ref = fc.constantFrom(...roots.flatMap((root) => paths[root])).map((path) => ({ ref: path }));
  const query = () =>
    fc.record({
      event: fc.constantFrom("A", "B", "C"),
      within,
      where: fc.option(anyPredicate([...roots, "item"], 0), { nil: undefined }),
    });
  const counted = () =>
    fc.oneof(
      query().map((count): Operand => ({ count: withoutUndefined(count) })),
      query().map((sum): Operand => ({ sum: { ...withoutUndefined(sum), of: "properties.total" } })),
    );
  const operand = inHistory ? fc.oneof(literal, ref) : fc.oneof(literal, ref, ref, fc.constant(null).chain(counted));
  const leaves: fc.Arbitrary<Predicate>[] = [
    fc.record({ op: fc.constantFrom(...ops), left: operand, right: operand }),
    ref.map((value) => ({ op: "exists", value })),
  ];
  if (!inHistory) leaves.push(query().chain(didOf));
  const leaf = fc.oneof(...leaves);
  if (depth === 0) return leaf;
  const inner = anyPredicate(roots, depth - 1);
  return fc.oneof(
    leaf,
    fc.record({ op: fc.constantFrom("all", "any"), of: fc.array(inner, { minLength: 1, maxLength: 3 }) }),
    inner.map((of): Predicate => ({ op: "not", of })),
  );
}

function didOf(query: object): fc.Arbitrary<Predicate> {
  return fc
    .option(fc.integer({ min: 1, max: 3 }), { nil: undefined })
    .map((times) => withoutUndefined({ op: "did", ...query, times }) as Predicate);
}

function withoutUndefined<T extends object>(value: T): T {
  return JSON.parse(JSON.stringify(value)) as T;
}
