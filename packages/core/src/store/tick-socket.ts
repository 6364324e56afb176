import { Socket } from "node:net";
import { turns } from "./turns.ts";

type Write = (chunk: Uint8Array | string, ...rest: unknown[]) => boolean;

/** One more than the commit behind a transaction's last statements waits for. */
const heldTurns = 3;

/**
 * Holds back what is handed to it for a few turns of the microtask queue and writes it at once: statements sent
 * together, and the commit behind them, cost one system call.
 */
export class TickSocket extends Socket {
  #holding = false;

  override write: Write = (chunk, ...rest) => {
    if (!this.#holding) void this.#hold();
    return (super.write as Write)(chunk, ...rest);
  };

  async #hold(): Promise<void> {
    this.#holding = true;
    this.cork();
    await turns(heldTurns);
    this.#holding = false;
    this.uncork();
  }
}
