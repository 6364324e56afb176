import { expect } from "vitest";
import type { Step } from "./steps.ts";
import { missingIn } from "./steps.ts";
import type { Place, Terminal } from "./terminal.ts";
import { openTerminal } from "./terminal.ts";

const patience = { timeout: 30_000, interval: 200 };

/** Waits until a terminal has printed all of the lines. */
export async function prints(terminal: Terminal, lines: readonly string[]): Promise<void> {
  await expect.poll(() => gapsOf(terminal, lines), patience).toEqual([]);
}

/** Lines that the terminal has not printed, each beside what it did print. */
const gapsOf = (terminal: Terminal, lines: readonly string[]) =>
  missingIn(terminal.output(), lines).map((line) => ({ line, output: terminal.output() }));

/** Somebody who types the page from top to bottom. */
export class Reader {
  readonly #terminals = new Map<string, Terminal>();
  readonly #place: Place;
  readonly #keys: string[] = [];
  #server = "";
  #setup: string;

  /** `prelude` is what the shells know before the page defines anything. */
  constructor(place: Place, prelude: string) {
    this.#place = place;
    this.#setup = prelude;
  }

  async follow(step: Step): Promise<void> {
    if (step.where === "server") await this.#serve(step);
    else if (step.where === "key") await this.#makeKey(step);
    else if (step.where === "setup") this.#setup += `\n${withKeys(step.script, this.#keys)}`;
    else if (step.where === "world") await this.#serveWorld(step);
    else if (step.where === "look") await this.#look(step);
    else if (step.where === "do") await this.#do(step);
    else throw new Error(`nobody knows where to type:\n${step.script}`);
    for (const { where, prints: lines } of step.elsewhere) await prints(this.#terminals.get(where)!, lines);
  }

  #open(script: string): Terminal {
    return openTerminal(`${this.#setup}\n${script}`, this.#place);
  }

  async #serve({ script, prints: lines }: Step): Promise<void> {
    this.#server = script;
    const terminal = this.#open(script);
    this.#terminals.set("server", terminal);
    await prints(terminal, lines);
    this.#keys.push(/srv_\S+/.exec(terminal.output())![0]);
  }

  async #serveWorld({ script, prints: lines }: Step): Promise<void> {
    const terminal = this.#open(script);
    this.#terminals.set("world", terminal);
    await prints(terminal, lines);
  }

  async #makeKey(step: Step): Promise<void> {
    await this.#terminals.get("server")!.interrupt();
    this.#keys.push((await this.#do(step)).trim());
    const again = this.#open(this.#server);
    this.#terminals.set("server", again);
    await prints(again, ["Wend is up"]);
  }

  async #do({ script, prints: lines }: Step): Promise<string> {
    const terminal = this.#open(script);
    expect(await terminal.ended, terminal.output()).toBe(0);
    expect(gapsOf(terminal, lines)).toEqual([]);
    return terminal.output();
  }

  async #look({ script, prints: lines }: Step): Promise<void> {
    const look = async () => {
      const terminal = this.#open(script);
      await terminal.ended;
      return gapsOf(terminal, lines);
    };
    await expect.poll(look, patience).toEqual([]);
  }
}

const withKeys = (script: string, [first, shop]: readonly string[]): string =>
  script.replace("KEY=srv_…", `KEY=${first}`).replace("SHOP=srv_…", `SHOP=${shop}`);
