import { readFile } from "node:fs/promises";
import { describe, expect, it } from "vitest";
import { renderApiReference } from "../scripts/reference/api-reference.ts";
import { renderErrorReference } from "../scripts/reference/error-reference.ts";
import { appRouter } from "../src/index.ts";

const committed = (name: string) => readFile(new URL(`../../../docs/reference/${name}`, import.meta.url), "utf8");

// Red: run `pnpm --filter @wend/api reference`.
describe("the committed reference", () => {
  it("of the API is what the routers say", async () => {
    expect(await committed("api.md")).toBe(await renderApiReference());
  });

  it("of errors is what the table says", async () => {
    expect(await committed("errors.md")).toBe(renderErrorReference());
  });

  it("has every procedure with a sentence of its own", async () => {
    const text = await renderApiReference();
    for (const path of Object.keys(appRouter._def.procedures))
      expect(text).toMatch(new RegExp(`### ${path}\n\n.+\n\n\\w.{30,}`));
  });
});
