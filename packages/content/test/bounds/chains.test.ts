import fc from "fast-check";
import { filters } from "liquidjs";
import { expect, it } from "vitest";
import { renderInput } from "../../src/index.ts";

const values = ["a", "b", "s", "n", "'x'", "',.-'", "7", "0", "300000", "profile.orders", "(1..99)", "nothing"];
const value = fc.constantFrom(...values);
const call = fc
  .tuple(
    fc.constantFrom(...Object.keys(filters).filter((name) => !name.endsWith("_exp"))),
    fc.array(value, { maxLength: 3 }),
  )
  .map(([name, args]) => (args.length === 0 ? name : `${name}: ${args.join(", ")}`));
const chain = fc.tuple(value, fc.array(call, { minLength: 1, maxLength: 8 })).map((parts) => parts.flat().join(" | "));
const step = fc.oneof(
  fc.tuple(fc.constantFrom("a", "b", "s"), chain).map(([name, text]) => `{% assign ${name} = ${text} %}`),
  fc.tuple(value, value).map(([one, other]) => `{% if ${one} contains ${other} or ${one} == ${other} %}{% endif %}`),
  fc.tuple(value, value).map(([one, other]) => `{% case ${one} %}{% when ${other}, ${one} %}{% endcase %}`),
  chain.map((text) => `{{ ${text} }}`),
);
const template = fc
  .tuple(fc.array(step, { minLength: 1, maxLength: 6 }), fc.integer({ min: 1, max: 400 }))
  .map(([steps, times]) => `{% for i in (1..${times}) %}${steps.join("")}{% endfor %}`);

const data = {
  a: Array.from({ length: 2_000 }, (_, n) => ({ id: n, name: `name ${n % 7}`, tags: ["x", n] })),
  b: Array.from({ length: 20_000 }, (_, n) => n % 100),
  s: "a b,c. ".repeat(3_000),
  n: 12_345,
  profile: { orders: Array.from({ length: 50 }, (_, n) => ({ total: n, lines: [1, 2, 3] })) },
};

it("lets no chain of filters take longer than a second", { timeout: 120_000 }, () => {
  let slowest = 0;
  fc.assert(
    fc.property(template, fc.constantFrom("text", "html", "json"), (text, kind) => {
      const started = performance.now();
      try {
        renderInput({ text }, { text: kind }, data);
      } catch (error) {
        expect((error as { code: string }).code).toMatch(/^content\.(render_failed|invalid_template)$/);
      }
      const ms = performance.now() - started;
      slowest = Math.max(slowest, ms);
      expect(ms).toBeLessThan(1_000);
    }),
    { numRuns: 100, interruptAfterTimeLimit: 15_000 },
  );
  console.log(`slowest_ms=${Math.round(slowest)}`);
});
