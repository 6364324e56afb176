import { describe, expect, test } from "vitest";
import { parseRoles } from "../src/roles.ts";

const none = { advance: false, deliver: [], clock: false, maintenance: false };

describe("roles", () => {
  test.each([
    { args: [], roles: { advance: true, deliver: "all", clock: true, maintenance: true } },
    { args: ["advance"], roles: { ...none, advance: true } },
    { args: ["clock", "maintenance"], roles: { ...none, clock: true, maintenance: true } },
    { args: ["deliver"], roles: { ...none, deliver: "all" } },
    { args: ["deliver", "email"], roles: { ...none, deliver: ["email"] } },
    { args: ["deliver", "email", "webhook", "clock"], roles: { ...none, deliver: ["email", "webhook"], clock: true } },
    { args: ["deliver", "email", "deliver", "webhook"], roles: { ...none, deliver: ["email", "webhook"] } },
    { args: ["deliver", "clock"], roles: { ...none, deliver: "all", clock: true } },
    { args: ["deliver", "email", "deliver"], roles: { ...none, deliver: "all" } },
  ])("are read from $args", ({ args, roles }) => {
    expect(parseRoles(args)).toEqual(roles);
  });

  test.each([["advnace"], ["email"], ["advance", "email"], ["deliver", "E-Mail"], ["--help"]])(
    "are refused with a code: %s %s",
    (...args) => {
      expect(() => parseRoles(args.filter((arg) => arg !== undefined))).toThrowError(
        expect.objectContaining({
          code: "cli.usage",
          detail: expect.stringMatching(/advance, deliver .*, clock, maintenance/),
        }),
      );
    },
  );
});
