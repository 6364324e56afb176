import { readFile } from "node:fs/promises";
import { expect, it } from "vitest";
import type {} from "./readme-example.ts";

const read = (path: string) => readFile(new URL(path, import.meta.url), "utf8");

it("shows in its README an example that compiles", async () => {
  expect(await read("../README.md")).toContain(`\`\`\`ts\n${await read("./readme-example.ts")}\`\`\``);
});
