import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { ended, waiting } from "./readme-example.ts";

const read = (path: string) => readFileSync(new URL(path, import.meta.url), "utf8");
const readme = read("../README.md");

test("the example in the README is the one that runs here, and does what the README says", () => {
  expect(readme).toContain(read("readme-example.ts").trimEnd());
  // The clocks change in between: two calendar days are 47 hours.
  expect(waiting.run).toMatchObject({ nodeId: "pause", wakeAt: Date.UTC(2026, 2, 30, 8) });
  expect(ended).toMatchObject({ kind: "ended", traits: { plan: "free", greeted: true }, run: { outcome: "greeted" } });
});

test("the README names every function of the package", async () => {
  const functions = Object.entries(await import("@wend/journey")).filter(([, value]) => typeof value === "function");
  expect(functions.map(([name]) => name).filter((name) => !readme.includes(name))).toEqual([]);
});
