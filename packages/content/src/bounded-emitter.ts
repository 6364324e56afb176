import type { Context } from "liquidjs";
import { toValue } from "liquidjs";

/** Gathers output and charges every character to the memory limit of the render. */
export class BoundedEmitter {
  buffer = "";
  readonly #context: Context;

  constructor(context: Context) {
    this.#context = context;
  }

  write(value: unknown): void {
    const text = typeof value === "string" ? value : textOf(value);
    this.#context.memoryLimit.use(text.length);
    this.buffer += text;
  }
}

/** A value as Liquid prints it: nothing for nil, arrays without separators. */
export function textOf(value: unknown): string {
  const plain: unknown = toValue(value);
  if (plain === null || plain === undefined) return "";
  return Array.isArray(plain) ? plain.map(textOf).join("") : String(plain);
}
