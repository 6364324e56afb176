import { describe, expect, it } from "vitest";
import { checkInput, checkTemplate, limits } from "../src/index.ts";

describe("checking templates", () => {
  it("finds nothing wrong with what renders", () => {
    expect(checkTemplate("Hi {{ profile.name | default: 'you' }}", "text")).toEqual([]);
    expect(checkTemplate({ a: ["{{ x }}", 3] }, "json")).toEqual([]);
    expect(checkTemplate(42, "text")).toEqual([]);
  });

  it("names the line of a fault", () => {
    const [problem] = checkTemplate("fine\n{% if %}", "html");
    expect(problem).toMatchObject({ code: "content.invalid_template", pointer: "" });
    expect(problem?.message).toMatch(/line:2/);
  });

  it("returns every fault of an input with its pointer", () => {
    const input = { subject: "{{ a | nope }}", body: { "a/b": ["ok", "{{"], c: "{% for %}" }, plain: "{{" };
    const problems = checkInput(input, { subject: "text", body: "json" });
    expect(problems.map((problem) => problem.pointer)).toEqual(["/subject", "/body/a~1b/1", "/body/c"]);
  });

  it("says once that the templates of an input have too many tags together, with what was wrong before", () => {
    const many = "{{ a }}".repeat(limits.inputTags / 2);
    const problems = checkInput({ text: "{{ a | nope }}", body: [many, many, many] }, { text: "text", body: "json" });
    expect(problems.map(({ pointer, message }) => [pointer, message])).toEqual([
      ["/text", expect.stringMatching(/undefined filter: nope/)],
      ["/body/1", "the templates of an input have at most 5000 tags together, line:1, col:17494"],
    ]);
  });
});
