import { chmod, mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { createClient } from "@wend/client";
import { expect, onTestFinished, test } from "vitest";
import { prints } from "./reader.ts";
import type { Step } from "./steps.ts";
import { readSteps } from "./steps.ts";
import { freePort, openTerminal } from "./terminal.ts";

const root = resolve(import.meta.dirname, "../../../..");
const shop = join(root, "examples/shop");
const page = await readFile(join(shop, "README.md"), "utf8");

/** `npx pnpm@12` as the page types it, without what it would install: the scripts are those of the package. */
const npx = (scripts: Readonly<Record<string, string>>, crm: string) => `npx() {
  shift
  if [ "$1" = start ]; then node --conditions=@wend/source ${join(root, "apps/cli/src/main.ts")} up; return; fi
  [ "$1 $2" = "--filter ./examples/shop" ]; local script=$3; shift 3
  case $script in
${Object.entries(scripts)
  .map(([name, line]) => `${name}) ${line.replace("src/", `${shop}/src/`)} ${name === "crm" ? crm : '"$@"'} ;;`)
  .join("\n")}
  *) return 64 ;;
  esac
}`;

test("the README of examples/shop runs from top to bottom as it is written", async () => {
  const folder = await mkdtemp(join(tmpdir(), "wend-shop-"));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  // Run by root, the database is another user.
  await chmod(folder, 0o755);
  const [api, crm] = [String(await freePort()), String(await freePort())];
  const { scripts } = JSON.parse(await readFile(join(shop, "package.json"), "utf8"));
  const env = {
    DATABASE_URL: "",
    REDIS_URL: "",
    WEND_LOG_LEVEL: "warn",
    WEND_DATA: join(folder, "data"),
    WEND_PORT: api,
  };
  const steps = Object.fromEntries(readSteps(page).map((step) => [step.where, step])) as Record<string, Step>;
  const open = (script: string) => openTerminal(`${npx(scripts, crm)}\n${script}`, { env, cwd: folder });
  const server = open(steps.server!.script);
  await prints(server, ["Wend is up: …", "key …srv_…"]);
  const key = /srv_\S+/.exec(server.output())![0];
  const told = open(steps.crm!.script);
  await prints(told, ["the CRM listens on …"]);

  const refused = open(steps.apply!.script.replace("4400", api).replace("KEY=srv_…", "KEY=srv_wrong"));
  expect(await refused.ended).toBe(1);
  await prints(refused, ["auth.…: …", "fix: …"]);
  expect(refused.output()).not.toMatch(/^ +at /m);

  const apply = steps.apply!.script.replace("4400", api).replace("KEY=srv_…", `KEY=${key}`);
  const run = async (script: string) => {
    const terminal = open(script);
    expect(await terminal.ended, terminal.output()).toBe(0);
    return terminal.output();
  };
  expect((await run(apply)).trimEnd().split("\n")).toEqual(steps.apply!.prints);
  // The CRM of the page stands on a port that may be taken here.
  expect(await readFile(join(shop, "connections.json"), "utf8")).toContain("http://127.0.0.1:9999/");
  const client = createClient({ url: `http://127.0.0.1:${api}`, key });
  await client.api.connections.update.mutate({ connection: "crm", config: { url: `http://127.0.0.1:${crm}/cases` } });

  const send = `${apply.split("\n")[0]}\n${steps.customers!.script}`;
  expect(await run(send)).toContain("7 events of 3 customers are stored");
  const said = steps.customers!.elsewhere.find(({ where }) => where === "crm")!.prints;
  await prints(told, said);
  await run(send);
  expect(await run(apply)).toContain("journey cart: as it was");
  expect(told.output().match(/was told/g)).toHaveLength(said.length);
}, 120_000);

test.each([
  ["without a key", () => [], ["Name the address of Wend and a key, as `start` prints them."]],
  [
    "when nobody answers",
    (port: number) => [`http://127.0.0.1:${port}`, "srv_x"],
    ["client.no_answer: …", "fix: See that Wend runs, …"],
  ],
])(
  "the scripts of examples/shop say what is wrong, %s",
  async (_, args, said) => {
    for (const script of ["apply", "customers"]) {
      const words = ["node", "--conditions=@wend/source", join(shop, `src/${script}.ts`), ...args(await freePort())];
      const terminal = openTerminal(words.join(" "), { cwd: shop });
      expect(await terminal.ended).toBe(1);
      await prints(terminal, said);
      expect(terminal.output()).not.toMatch(/^ +at /m);
    }
  },
  20_000,
);
