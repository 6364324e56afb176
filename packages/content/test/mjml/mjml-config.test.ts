import { execFileSync } from "node:child_process";
import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, it, onTestFinished } from "vitest";

const source = fileURLToPath(new URL("../../src/index.ts", import.meta.url));
const script = `
import { composeInput } from ${JSON.stringify(source)};
const mjml = "<mjml><mj-body><mj-section><mj-column><mj-text>Hi</mj-text></mj-column></mj-section></mj-body></mjml>";
const { html } = await composeInput({ html: mjml }, { html: "mjml" });
console.log(html.includes("Hi"));
`;

it("reads no .mjmlconfig of the working folder and runs nothing that it names, and lets the process end", () => {
  const folder = mkdtempSync(join(tmpdir(), "mjml-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  writeFileSync(join(folder, ".mjmlconfig"), JSON.stringify({ packages: ["./component.js"] }));
  writeFileSync(
    join(folder, "component.js"),
    `require("fs").writeFileSync(${JSON.stringify(join(folder, "ran"))}, "")`,
  );
  const asked = ["--conditions=@wend/source", "--input-type=module", "--eval", script];
  const said = execFileSync(process.execPath, asked, { cwd: folder, encoding: "utf8", timeout: 30_000 });
  expect(said.trim()).toBe("true");
  expect(existsSync(join(folder, "ran"))).toBe(false);
});
