import type { WendError } from "@wend/plugin";
import { describe, expect, it } from "vitest";
import { compileInput, renderInput } from "../src/index.ts";

const context = {
  profile: { id: "p1", first_name: "Ann & Bob", age: 41, tags: ["a", "b"], vip: true },
  event: { name: "Order Completed", properties: { total: 12.5, items: [{ sku: "x" }, { sku: "y" }] } },
  vars: {},
};

describe("rendering an input", () => {
  it("renders only the fields that are templates", () => {
    const input = { subject: "Hi {{ profile.first_name }}", mode: "{{ profile.first_name }}", count: 3 };
    expect(renderInput(input, { subject: "text" }, context)).toEqual({
      subject: "Hi Ann & Bob",
      mode: "{{ profile.first_name }}",
      count: 3,
    });
  });

  it("escapes values in html and leaves the author's own markup alone", () => {
    const input = { html: "<b>{{ profile.first_name }}</b>{{ '<i>' | raw }}" };
    expect(renderInput(input, { html: "html" }, context)).toEqual({ html: "<b>Ann &amp; Bob</b><i>" });
  });

  it("renders every string of a json tree and keeps the type of a value that stands alone", () => {
    const body = {
      total: "{{ event.properties.total }}",
      vip: "{{ profile.vip }}",
      line: "{{ event.properties.total }} EUR",
      items: "{{ event.properties.items }}",
      first: ["{{ event.properties.items[0].sku }}", 1, null],
      missing: "{{ profile.nothing }}",
      same: "as written",
    };
    expect(renderInput({ body }, { body: "json" }, context)).toEqual({
      body: {
        total: 12.5,
        vip: true,
        line: "12.5 EUR",
        items: [{ sku: "x" }, { sku: "y" }],
        first: ["x", 1, null],
        missing: null,
        same: "as written",
      },
    });
  });

  it("prints nothing for a variable that is not there", () => {
    expect(renderInput({ text: "[{{ profile.nope.deeper }}]" }, { text: "text" }, context)).toEqual({ text: "[]" });
  });

  it("does not let one template's assign reach the next", () => {
    const input = { a: "{% assign x = 1 %}{{ x }}", b: "[{{ x }}]" };
    expect(renderInput(input, { a: "text", b: "text" }, context)).toEqual({ a: "1", b: "[]" });
  });

  it("returns the input itself when nothing is to be rendered", () => {
    const input = { text: "plain", body: { a: [1, "b"] } };
    expect(compileInput(input, { text: "text", body: "json" }).render(context)).toBe(input);
  });

  it("treats a field named like an inherited property as no template", () => {
    expect(renderInput({ constructor: "{{ profile.id }}" }, {}, context)).toEqual({ constructor: "{{ profile.id }}" });
  });

  it("keeps a key named __proto__ a key", () => {
    const body = JSON.parse('{"__proto__": {"polluted": "{{ profile.vip }}"}}');
    const rendered = renderInput({ body }, { body: "json" }, context);
    expect(JSON.stringify(rendered)).toBe('{"body":{"__proto__":{"polluted":true}}}');
    expect(Reflect.get({}, "polluted")).toBeUndefined();
  });

  it("aborts with the template's reason", () => {
    const input = { text: '{% if profile.age > 40 %}{% abort "too old" %}{% endif %}Hi' };
    expect(() => renderInput(input, { text: "text" }, context)).toThrowError(
      expect.objectContaining({ code: "content.aborted", detail: "too old" }) as WendError,
    );
    expect(renderInput(input, { text: "text" }, { profile: { age: 3 } })).toEqual({ text: "Hi" });
  });

  it("prints the same date whatever the machine's zone", () => {
    const input = { text: '{{ "2026-01-01T00:30:00Z" | date: "%Y-%m-%d %H:%M" }}' };
    expect(renderInput(input, { text: "text" }, context)).toEqual({ text: "2026-01-01 00:30" });
  });
});
