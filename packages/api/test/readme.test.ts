import { readFile } from "node:fs/promises";
import { describe, expect, it } from "vitest";
import type { ApiRuntime } from "../src/index.ts";
import { answer } from "./readme-example.ts";

const read = (path: string) => readFile(new URL(path, import.meta.url), "utf8");

describe("the example of the README", () => {
  it("is the one that is compiled here", async () => {
    expect(await read("../README.md")).toContain(`\`\`\`ts\n${await read("./readme-example.ts")}\`\`\``);
  });

  it("answers a stranger before it touches anything", async () => {
    const response = await answer({} as ApiRuntime, new Request("http://wend.test/trpc/journeys.list"));
    expect(response.status).toBe(401);
  });
});
