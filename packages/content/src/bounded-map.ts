/** A map that keeps at most so many characters of keys and forgets the entry not read for longest. */
export class BoundedMap<Value> {
  readonly #entries = new Map<string, Value>();
  readonly #maxChars: number;
  #chars = 0;

  constructor(maxChars: number) {
    this.#maxChars = maxChars;
  }

  get size(): number {
    return this.#entries.size;
  }

  get(key: string): Value | undefined {
    const value = this.#entries.get(key);
    // Nothing can be forgotten before it is full, so below half the order is not worth keeping.
    if (value !== undefined && this.#chars * 2 > this.#maxChars) {
      this.#entries.delete(key);
      this.#entries.set(key, value);
    }
    return value;
  }

  set(key: string, value: Value): void {
    this.#entries.set(key, value);
    this.#chars += key.length;
    for (const oldest of this.#entries.keys()) {
      if (this.#chars <= this.#maxChars) break;
      this.#entries.delete(oldest);
      this.#chars -= oldest.length;
    }
  }
}
