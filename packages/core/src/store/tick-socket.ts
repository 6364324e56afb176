import { Socket } from "node:net";

type Write = (chunk: Uint8Array | string, ...rest: unknown[]) => boolean;

/**
 * Writes what is handed to it during one turn of the event loop at the turn's end, all at once: statements sent
 * together, even of different callers, cost one system call.
 */
export class TickSocket extends Socket {
  #holding = false;

  override write: Write = (chunk, ...rest) => {
    if (!this.#holding) this.#hold();
    return (super.write as Write)(chunk, ...rest);
  };

  #hold(): void {
    this.#holding = true;
    this.cork();
    process.nextTick(() => {
      this.#holding = false;
      this.uncork();
    });
  }
}
