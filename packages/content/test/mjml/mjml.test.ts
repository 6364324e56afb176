import { describe, expect, it } from "vitest";
import { checkInput, compileInput, composeInput, mjmlLimits, renderInput } from "../../src/index.ts";

const kinds = { mjml: "mjml", note: "text" } as const;
const body = (content: string) => `<mjml><mj-body>\n${content}\n</mj-body></mjml>`;
const text = (content: string) => body(`<mj-section><mj-column><mj-text>${content}</mj-text></mj-column></mj-section>`);
const render = async (mjml: string, context: object = {}) =>
  (await composeInput(renderInput({ mjml }, kinds, { ...context }), kinds)).mjml;

const failsWith = (code: string, detail: RegExp) =>
  expect.objectContaining({ code, detail: expect.stringMatching(detail) });

describe("mjml", () => {
  it("is rendered as Liquid first and then becomes HTML; other fields stay as they are", async () => {
    const input = { mjml: text("Hi {{ profile.name }}"), note: "Hi {{ profile.name }}", mode: "now" };
    const rendered = renderInput(input, kinds, { profile: { name: "Ann & <b>Bob</b>" } });
    const composed = await composeInput(rendered, kinds);
    expect(composed).toMatchObject({ note: "Hi Ann & <b>Bob</b>", mode: "now" });
    expect(composed.mjml).toMatch(/^\s*<!doctype html>/i);
    expect(composed.mjml).toContain("Hi Ann &amp; &lt;b&gt;Bob&lt;/b&gt;");
    expect(composed.mjml).not.toContain("mj-text");
  });

  it("takes a loop of sections, and a document without any Liquid", async () => {
    const sections =
      "{% for n in (1..3) %}<mj-section><mj-column><mj-text>n{{ n }}</mj-text></mj-column></mj-section>{% endfor %}";
    expect(await render(body(sections))).toMatch(/n1[\s\S]*n2[\s\S]*n3/);
    expect(await render(text("plain"))).toContain("plain");
  });

  it("composes the same document once", async () => {
    const mjml = body("<mj-section><mj-column><mj-text>x</mj-text></mj-column></mj-section>".repeat(200));
    await render(mjml);
    const started = performance.now();
    for (let n = 0; n < 200; n++) await render(mjml);
    expect(performance.now() - started).toBeLessThan(500);
  });

  it.each([
    ["an element that does not exist", body("<mj-section>\n  <mj-foo /></mj-section>"), /mj-foo.*line:3, col:3/],
    ["an attribute that does not exist", body('<mj-section foo="1"></mj-section>'), /foo is illegal.*line:2, col:1/],
    ["what is no MJML", "hello", /line:1, col:1/],
    ["an include", body('  <mj-include path="/etc/passwd" />'), /mj-include is off.*line:2, col:3/],
    ["an include of CSS", body('<MJ-INCLUDE type="css" path="./x.css" />'), /mj-include is off.*line:2, col:1/],
    ["an include that Liquid writes", body('{{ "<mj-include path=x />" | raw }}'), /mj-include is off.*line:2, col:/],
    [
      "an include made of pieces",
      body('{{ "<mj-" | append: "include path=x />" | raw }}'),
      /mj-include is off.*line:2, col:1/,
    ],
    ["a prototype", text("{{ profile.constructor.name }}"), /constructor cannot be read, line:2, col:43/],
    ["a prototype by name", text('{{ profile["__proto__"] }}'), /__proto__ cannot be read, line:2, col:43/],
    ["a broken tag", text("{% if %}"), /line:2, col:/],
    ["a tag of files", text('{% include "/etc/passwd" %}'), /include.*line:2, col:/],
    ["a document that is too long", text("x".repeat(mjmlLimits.chars)), /at most 100000 characters/],
  ])("refuses %s, and says where", async (_what, mjml, detail) => {
    await expect(render(mjml)).rejects.toEqual(failsWith("content.invalid_template", detail));
  });

  it("finds at the check what needs no data to be seen", () => {
    const mjml = body('  <mj-include path="/etc/passwd" />');
    expect(checkInput({ mjml }, kinds)).toMatchObject([{ code: "content.invalid_template", pointer: "/mjml" }]);
    expect(checkInput({ mjml: text("{{ x.__proto__ }}") }, kinds)).toHaveLength(1);
    expect(checkInput({ mjml: text("{{ x | nope }}") }, kinds)).toHaveLength(1);
    expect(checkInput({ mjml: text("{{ profile.name }}") }, kinds)).toEqual([]);
    expect(() => compileInput({ mjml }, kinds)).toThrow();
  });

  it("writes a word that looks like a prototype when it is only text", async () => {
    expect(await render(text("The constructor of {{ 'x' }}"))).toContain("The constructor of x");
  });

  describe("within a second", () => {
    const hostile: [string, string, RegExp][] = [
      [
        "Liquid that loops",
        text(
          "{% for a in (1..9999) %}{% for b in (1..9999) %}{% for c in (1..9999) %}{% endfor %}{% endfor %}{% endfor %}",
        ),
        /limit exceeded.*line:2, col:/,
      ],
      [
        "a document that grows by looping",
        body("{% for a in (1..9999) %}<mj-section></mj-section>{% endfor %}"),
        /at most 100000/,
      ],
      ["a document nested too deeply", body("<mj-wrapper>".repeat(8_000)), /./],
      [
        "CSS that is inlined into thousands of elements",
        `<mjml><mj-head><mj-style inline="inline">${"a b c d e f *, * * * * *, p{color:red}".repeat(400)}</mj-style></mj-head><mj-body><mj-section><mj-column><mj-text>${"<p><b><i>x</i></b></p>".repeat(3_000)}</mj-text></mj-column></mj-section></mj-body></mjml>`,
        /longer than \d+ ms/,
      ],
    ];

    it.each(hostile)("refuses %s", async (what, mjml, detail) => {
      // One before may have cost the thread; another one is not started on the time of this one.
      await render(text(`before ${what}`));
      const started = performance.now();
      await expect(render(mjml)).rejects.toEqual(
        expect.objectContaining({ code: expect.stringMatching(/^content\./), detail: expect.stringMatching(detail) }),
      );
      expect(performance.now() - started).toBeLessThan(1_000);
    });

    it("and goes on with the next", async () => {
      await expect(render(hostile[3]![1])).rejects.toThrow();
      expect(await render(text("after"))).toContain("after");
    });
  });
});
