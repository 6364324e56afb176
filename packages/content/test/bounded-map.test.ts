import { expect, it } from "vitest";
import { BoundedMap } from "../src/bounded-map.ts";

it("keeps what was read lately and stays within its size", () => {
  const map = new BoundedMap<number>(100);
  map.set("hot", 1);
  for (let i = 0; i < 1_000; i++) {
    map.set(`key-${i}`, i);
    expect(map.get("hot")).toBe(1);
  }
  expect(map.get("key-0")).toBeUndefined();
  expect(map.get("key-999")).toBe(999);
  expect(map.size).toBeLessThan(20);
});
