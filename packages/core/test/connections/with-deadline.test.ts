import { expect, it } from "vitest";
import { withDeadline } from "../../src/connections/with-deadline.ts";

it("gives back what the work gives back", async () => {
  await expect(withDeadline(1_000, async () => 7)).resolves.toBe(7);
});

it("aborts work that takes too long, and lets it speak first", async () => {
  const obedient = withDeadline(
    10,
    (signal) => new Promise((_resolve, reject) => signal.addEventListener("abort", () => reject(new Error("stopped")))),
  );
  await expect(obedient).rejects.toThrow("stopped");
});

it("goes on without work that does not obey", async () => {
  await expect(withDeadline(10, () => new Promise(() => {}))).rejects.toMatchObject({ code: "plugin.timeout" });
});
