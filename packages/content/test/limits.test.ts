import { describe, expect, it } from "vitest";
import { limits, renderInput } from "../src/index.ts";

const render = (text: string, context: object = {}) => renderInput({ text }, { text: "text" }, { ...context }).text;

const failsWith = (code: string, detail: RegExp) =>
  expect.objectContaining({ code, detail: expect.stringMatching(detail) });

describe("limits", () => {
  it("refuses a template that is too long before parsing it", () => {
    expect(() => render(`{{ a }}${"x".repeat(limits.parseChars)}`)).toThrow(
      failsWith("content.invalid_template", /parse length limit exceeded/),
    );
  });

  it("stops a render that takes too long", () => {
    const loops =
      "{% for a in (1..9999) %}{% for b in (1..9999) %}{% for c in (1..9999) %}{% endfor %}{% endfor %}{% endfor %}";
    const started = performance.now();
    expect(() => render(loops)).toThrow(failsWith("content.render_failed", /limit exceeded/));
    expect(performance.now() - started).toBeLessThan(5 * limits.renderMs);
  });

  it("gives all templates of an input one time limit together", () => {
    const slow = "{% for a in (1..200000) %}{% assign b = a %}{% endfor %}";
    const body = Array.from({ length: 50 }, () => slow);
    const started = performance.now();
    expect(() => renderInput({ body }, { body: "json" }, {})).toThrow(
      failsWith("content.render_failed", /limit exceeded/),
    );
    expect(performance.now() - started).toBeLessThan(5 * limits.renderMs);
  });

  it.each([
    ["a range", "{% for i in (1..100000000) %}{% endfor %}"],
    [
      "a filter that grows text",
      "{% assign s = 'xxxxxxxxxx' %}{% for i in (1..40) %}{% assign s = s | append: s %}{% endfor %}",
    ],
    [
      "a capture that doubles itself",
      "{% assign s = 'xx' %}{% for i in (1..40) %}{% capture s %}{{ s }}{{ s }}{% endcapture %}{% endfor %}",
    ],
    ["a loop over long text", `{% for i in (1..5000) %}${"y".repeat(1000)}{% endfor %}`],
    ["padding", "{{ 'now' | date: '%9999999d' }}"],
  ])("stops %s from filling memory", (_name, template) => {
    expect(() => render(template)).toThrow(failsWith("content.render_failed", /limit exceeded/));
  });

  it("charges a value that a json field passes on whole", () => {
    const context = { vars: { big: ["z".repeat(300_000)] } };
    const body = Array.from({ length: 10 }, () => "{{ vars.big }}");
    expect(() => renderInput({ body }, { body: "json" }, context)).toThrow(
      failsWith("content.render_failed", /memory alloc limit exceeded/),
    );
  });

  it("reads no prototype, no inherited property and no file", () => {
    expect(render("[{{ profile.toString }}{{ profile.hasOwnProperty }}]", { profile: {} })).toBe("[]");
    expect(render("[{{ profile.inherited }}]", { profile: Object.create({ inherited: "leak" }) })).toBe("[]");
    for (const tag of ["include", "render", "layout"]) {
      expect(() => render(`{% ${tag} "/etc/hostname" %}`)).toThrow(failsWith("content.invalid_template", /not found/));
    }
  });

  it.each([
    ["{{ constructor }}", "constructor", 4],
    ["{{ profile.constructor.name }}", "constructor", 11],
    ["{{ profile.__proto__.x }}", "__proto__", 11],
    ["{{ profile [ 'prototype' ] }}", "prototype", 12],
    ['{% if profile["constructor"] %}{% endif %}', "constructor", 14],
    ["{% assign a = profile . constructor %}", "constructor", 23],
    [`{{ "\\"" }}{{ profile.constructor.name }}{{ "x" }}`, "constructor", 21],
    [`{{ '\\'' }}{{ profile.constructor.name }}{{ 'x' }}`, "constructor", 21],
    [`{{ "\\\\" }}{{ profile.constructor.name }}{{ "x" }}`, "constructor", 21],
    [`{% # it's %}{{ profile.constructor.name }}{{ 'x' }}`, "constructor", 23],
    [`{% assign a = "x%}{{ profile.constructor.name }}{{ "x" }}`, "constructor", 29],
  ])("refuses %s in every kind of field", (template, name, column) => {
    for (const kind of ["text", "html", "json", "mjml"] as const) {
      const detail = new RegExp(`^${name} cannot be read, line:2, col:${column}$`);
      expect(() => renderInput({ f: `\n${template}` }, { f: kind }, {})).toThrow(
        failsWith("content.invalid_template", detail),
      );
    }
  });

  it("takes a text that names a prototype, and names that only begin alike", () => {
    const text = `The constructor's {{ "a.prototype" }}{{ x.constructors }}{{ x.my-prototype }}{{ '.constructor' }}`;
    expect(render(text)).toBe("The constructor's a.prototype.constructor");
  });

  it.each([
    ["", "{{"],
    ["", "{{ '"],
    ["", "{{ ."],
    ["", "{% [ '"],
    ["", "{{ a[ "],
    ["{{ ", "'"],
    ["{{ ", "\\'"],
    ["{{ ", "'\\"],
    ["{{ ", ". "],
    ["{{ a", "[ "],
  ])("looks through a template of %j and many %j in time", (start, part) => {
    const times = start === "" ? limits.inputTags : limits.parseChars / part.length - start.length;
    const started = performance.now();
    expect(() => render(start + part.repeat(times))).toThrow(failsWith("content.invalid_template", /not closed/));
    expect(performance.now() - started).toBeLessThan(1_000);
  });

  it("refuses unknown filters and tags", () => {
    expect(() => render("{{ a | shout }}")).toThrow(failsWith("content.invalid_template", /undefined filter: shout/));
    expect(() => render("{% shout %}")).toThrow(failsWith("content.invalid_template", /tag "shout" not found/));
  });

  it("survives a template nested as deep as its length allows", () => {
    expect(() => render("{% if a %}".repeat(limits.inputTags))).toThrow(failsWith("content.invalid_template", /./));
  });
});
