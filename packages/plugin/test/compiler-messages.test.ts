import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, test } from "vitest";

// Compiles each mistake with the real compiler and reads the last line it says about it.
const here = dirname(fileURLToPath(import.meta.url));
const root = join(here, "../../..");
const start = `import { defineAction, defineManifest, definePlugin } from "@wend/plugin";
import { close as closing, manifest, told } from "${join(here, "sample.ts")}";
const open = async () => ({ output: { number: 1 } });
const close = async () => ({ output: {} });
const lookup = async () => ({ outcome: "absent" }) as const;
const batches = { close: async () => [] };
const receive = async () => ({ proof: { by: "none" } }) as const;
const fact = { about: { providerId: "p" }, id: "1", at: 0 };
`;
const mistakes = {
  missing: "definePlugin(manifest, async () => ({ actions: { open }, lookup }));",
  unknown: "definePlugin(manifest, async () => ({ actions: { open, close, opne: open }, lookup }));",
  lookup: "definePlugin(manifest, async () => ({ actions: { open, close } }));",
  input:
    "definePlugin(manifest, async () => ({ actions: { open: async ({ input }) => ({ output: { number: input.sbject } }), close }, lookup }));",
  batch: "definePlugin(told, async () => ({ actions: { close }, receive }));",
  events: "definePlugin(told, async () => ({ actions: { close }, batches }));",
  signals: `const { events: _, ...only } = told; definePlugin(only, async () => ({ actions: { close }, batches }));`,
  kind: `definePlugin(told, async () => ({
  actions: { close },
  batches,
  receive: async () => ({
    proof: { by: "none" },
    receipts: [{ kind: "clicked", ...fact }],
  }),
}));`,
  signal: `definePlugin(told, async () => ({
  actions: { close },
  batches,
  receive: async () => ({
    proof: { by: "none" },
    signals: [{ name: "Ticket Solvd", ...fact, data: { number: 1 } }],
  }),
}));`,
  action: 'defineAction({ ...closing, adress: "support" });',
  long: `defineAction({
  title: "Closes a ticket.",
  input: closing.input,
  output: closing.output,
  channel: "support",
  purpose: "transactional",
  dedupe: { by: "natural" },
  adress: "support",
});`,
  limit: "defineAction({ ...closing, rateLimits: { perSecond: 1 } });",
  window: 'defineAction({ ...closing, dedupe: { by: "key", windowMs: 1, windowFeld: "url" } });',
  inline: 'defineManifest({ ...told, actions: { close: { ...closing, adress: "support" } } });',
  field: 'defineManifest({ ...manifest, secret: ["token"] });',
  brought: `defineManifest({ ...told, signals: { "Ticket Solved": { ...told.signals!["Ticket Solved"], tilte: "" } } });`,
  method: "definePlugin(manifest, async () => ({ actions: { open, close }, lookup, chek: lookup }));",
  result:
    'definePlugin(manifest, async () => ({ actions: { open, close: async () => ({ output: {}, provderId: "p" }) }, lookup }));',
  batched:
    "definePlugin(told, async () => ({ actions: { close }, batches: { close: async () => [{ output: {}, provderId: 'p' }] }, receive }));",
  found: `definePlugin(manifest, async () => ({
  actions: { open, close },
  lookup: async () => ({ outcome: "accepted", provderId: "p" }),
}));`,
  receipt: `definePlugin(told, async () => ({
  actions: { close },
  batches,
  receive: async () => ({ proof: { by: "none" }, receipts: [{ kind: "delivered", ...fact, reson: "?" }] }),
}));`,
  data: `definePlugin(told, async () => ({
  actions: { close },
  batches,
  poll: async () => ({
    cursor: "c",
    more: false,
    signals: [{ name: "Ticket Solved", ...fact, data: { number: "1" } }],
  }),
}));`,
};

// A file outside a package may not import like one inside.
const aboutTheFolder = ["1295", "2877"];

let folder: string;
let said: string;

beforeAll(() => {
  // Outside the repository: whatever compiles all of it must not meet these.
  folder = mkdtempSync(join(tmpdir(), "wend-compiler-messages-"));
  for (const [name, code] of Object.entries(mistakes)) writeFileSync(join(folder, `${name}.ts`), start + code);
  const config = {
    extends: join(root, "tsconfig.json"),
    compilerOptions: {
      paths: { "@wend/plugin": [join(root, "packages/plugin/src/index.ts")] },
      typeRoots: [join(root, "node_modules/@types")],
    },
    include: ["*.ts"],
  };
  writeFileSync(join(folder, "tsconfig.json"), JSON.stringify(config));
  try {
    execFileSync(join(root, "node_modules/.bin/tsc"), ["-p", folder, "--pretty", "false"], { encoding: "utf8" });
    said = "";
  } catch (error) {
    said = (error as { stdout: string }).stdout;
  }
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

function lastLineAbout(name: string): string {
  const blocks = said.split(/\n(?=\S)/).filter((block) => block.includes(`${name}.ts(`));
  return blocks.at(-1)?.trimEnd().split("\n").at(-1) ?? "";
}

test.each([
  ["missing", '"The action close has no handler"'],
  ["unknown", '"The manifest declares no action opne"'],
  ["lookup", '"An action declares dedupe by lookup: the connection needs lookup()"'],
  ["input", "Did you mean 'subject'?"],
  ["batch", '"The action close declares batch: it needs a handler in batches"'],
  ["events", '"The manifest declares events: the connection needs receive(), poll() or serve()"'],
  ["signals", '"The manifest declares signals: the connection needs receive(), poll() or serve()"'],
  ["kind", `Type '"clicked"' is not assignable to type`],
  ["signal", `Type '"Ticket Solvd"' is not assignable to type '"Ticket Solved"'`],
  ["action", `not assignable to type '"An action has no field adress"'`],
  ["limit", `not assignable to type '"An action has no field rateLimits"'`],
  ["window", `not assignable to type '"dedupe has no field windowFeld"'`],
  ["inline", `not assignable to type '"An action has no field adress"'`],
  ["field", "'secret' does not exist in type"],
  ["brought", `not assignable to type '"A signal has no field tilte"'`],
  ["method", '"A connection has no method chek"'],
  ["result", '"The result of the action close has no field provderId"'],
  ["batched", '"The result of the action close has no field provderId"'],
  ["found", '"The result of lookup() has no field provderId"'],
  ["receipt", '"A receipt of receive() has no field reson"'],
  ["data", "Type 'string' is not assignable to type 'number'"],
])("the compiler ends its answer to the mistake %j with %s", (name, words) => {
  expect(lastLineAbout(name)).toContain(words);
});

test("a field that an action does not have is pointed to where it stands, however long the action is", () => {
  const at = said
    .match(/long\.ts\((\d+),(\d+)\): error TS2322/)
    ?.slice(1)
    .map(Number);
  expect(at).toEqual([start.split("\n").length + 7, 3]);
});

test.each(Object.keys(mistakes).filter((name) => name !== "long"))(
  "the compiler points to where the mistake %j is written, and nowhere else",
  (name) => {
    const lines = [...said.matchAll(new RegExp(`${name}\\.ts\\((\\d+),\\d+\\): error TS(\\d+)`, "g"))];
    const found = lines.filter(([, , code]) => !aboutTheFolder.includes(code!));
    expect(found.map(([, line]) => Number(line))).toEqual([start.split("\n").length]);
  },
);
