import assert from "node:assert/strict";
import { settlesWithin } from "./expectations.ts";
import type { LinkSample } from "./link-tests.ts";
import type { OpenConnection } from "./open-connection.ts";
import { openConnection } from "./open-connection.ts";
import type { ParsedFacts } from "./parse-facts.ts";
import { parseFacts } from "./parse-facts.ts";
import type { ConformanceTest, PluginTestSetup } from "./test-plugin.ts";

const SETTLED_MS = 5_000;
const elsewhere = "https://elsewhere.example/";
/** Names under which a page looks for where to go. */
const targets = ["url", "u", "to", "next", "target", "redirect", "return", "location"];

interface LinkSetup extends PluginTestSetup {
  readonly links: readonly LinkSample[];
}

/** The tests of the links that a connection signs, and answers when a customer or a scanner follows them. */
export function linkCases(setup: LinkSetup): ConformanceTest[] {
  const each = (sentence: string, body: (link: Link) => Promise<void>): ConformanceTest[] =>
    setup.links.map((sample) => ({
      name: `${setup.plugin.manifest.id}: ${sentence}: ${sample.name}`,
      run: async () => {
        await using open = await openConnection(setup);
        await body(linkOf(sample, { setup, open }));
      },
    }));
  return [
    ...each("a link leads where its token says, whatever is asked for besides", leadsWhereItSays),
    ...each("following a link tells no more than that it was opened or clicked", changesNothing),
    ...each("a link that was changed is answered 400, and tells nothing", refusesForgeries),
  ];
}

interface Visited extends ParsedFacts {
  readonly status: number;
  readonly location: string | null;
}

interface Link {
  readonly sample: LinkSample;
  readonly token: string;
  visit(method: string, path: string): Promise<Visited>;
}

function linkOf(sample: LinkSample, { setup, open }: { setup: PluginTestSetup; open: OpenConnection }): Link {
  const { links } = open.host;
  const visit = async (method: string, pathAndQuery: string): Promise<Visited> => {
    const { connection } = open;
    assert.ok(connection.serve !== undefined, "the setup has links, and the connection has no serve()");
    const request = new Request(links.baseUrl + pathAndQuery, { method });
    const [path = ""] = pathAndQuery.split("?");
    const answer = connection.serve({ request, path, customer: undefined, signal: new AbortController().signal });
    await settlesWithin(SETTLED_MS, answer);
    const { response, ...facts } = await answer;
    const { status, headers } = response;
    return { status, location: headers.get("location"), ...parseFacts(setup.plugin.manifest, facts) };
  };
  return { sample, token: links.sign(sample.purpose, sample.data), visit };
}

async function leadsWhereItSays({ sample, token, visit }: Link): Promise<void> {
  const query = new URLSearchParams(targets.map((name) => [name, elsewhere]));
  for (const path of [sample.path(token), `${sample.path(token)}?${query}`]) {
    const { status, location } = await visit("GET", path);
    assert.equal(location ?? undefined, sample.leadsTo, `GET ${path}`);
    assert.ok(sample.leadsTo === undefined || (status >= 300 && status < 400), `a redirect is answered ${status}`);
  }
}

// Scanners follow links, and mail programs fetch them before anybody has read a word.
async function changesNothing({ sample, token, visit }: Link): Promise<void> {
  for (const method of ["GET", "HEAD"]) {
    const { receipts, signals } = await visit(method, sample.path(token));
    const told = receipts.map(({ kind }) => kind).filter((kind) => kind !== "opened" && kind !== "clicked");
    assert.deepEqual([...told, ...signals.map(({ name }) => name)], [], `${method} has changed something`);
  }
}

async function refusesForgeries({ sample, token, visit }: Link): Promise<void> {
  const at = (index: number, byte: string) => token.slice(0, index) + byte + token.slice(index + 1);
  const flipped = (index: number) => at(index, token[index] === "A" ? "B" : "A");
  const middle = Math.floor(token.length / 2);
  const changed = [
    flipped(0),
    flipped(middle),
    at(middle, "~"),
    at(middle, "%00"),
    `${token}~`,
    `${token}=`,
    token.slice(0, -1),
  ];
  for (const method of ["GET", "POST"]) {
    const genuine = await visit(method, sample.path(token));
    for (const forged of changed) {
      const { status, location, receipts, signals } = await visit(method, sample.path(forged));
      assert.deepEqual({ location, receipts, signals }, { location: null, receipts: [], signals: [] }, forged);
      // Where a link does not take the method, it need not look at the token.
      if (genuine.status < 400) assert.equal(status, 400, `${method} ${sample.path(forged)}`);
    }
  }
}
