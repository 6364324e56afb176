import { expect, test } from "vitest";
import { compile } from "./compile.ts";
import { mistakes } from "./mistakes.ts";

const names = Object.keys(mistakes);
const errorsIn = compile(Object.fromEntries(Object.values(mistakes).map(({ code }, n) => [`mistake-${n}`, code])));

test.each(Object.entries(mistakes))("the compiler says at the line of %s what is wrong, and nothing else", (...row) => {
  const [name, { code, at, says }] = row;
  const errors = errorsIn(`mistake-${names.indexOf(name)}`);
  const lines = code.split("\n");
  expect(errors.map(({ line }) => lines[line - 1]!.trim())).toEqual([at]);
  const told = errors[0]!.text.split("\n").map((line) => line.trim());
  expect(told.length).toBeLessThanOrEqual(2);
  const last = told.at(-1)!;
  expect(last.startsWith(says) || last.endsWith(says), last).toBe(true);
});
