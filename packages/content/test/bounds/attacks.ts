import type { Rendered, TemplateKinds } from "../../src/index.ts";

const grown = (name: string, times: number, filter = "append") =>
  `{% for i in (1..${times}) %}{% assign ${name} = ${name} | ${filter}: ${name} %}{% endfor %}`;
const long = (name: string, times: number) => `{% assign ${name} = "aaaaaaaaaa" %}${grown(name, times)}`;
const needle = `${long("s", 14)}{% assign h = s | slice: 0, 40000 %}{% assign p = h | append: "b" | append: h %}`;
const nested = (name: string, first: string, times: number) =>
  `{% assign ${name} = "${first}" | split: "," %}{% for i in (1..${times}) %}` +
  `{% assign t = "" | split: "," | push: ${name} | push: ${name} %}{% assign ${name} = t %}{% endfor %}`;
const two = `${long("s", 13)}{% assign p = s | append: "b" %}{% assign q = s | append: "c" %}`;
const lists = "{% assign a = (1..200000) | push: 1 %}{% assign b = (1..200000) | push: 2 %}";

/** Templates that once took seconds, minutes or all memory, and their like: what each does, and what it is refused for. */
export const attacks: readonly (readonly [what: string, template: string, refusal: RegExp])[] = [
  [
    "an expression for every item",
    `{% assign a = (1..20000) %}{{ a | where_exp: "x", "a | sum" | size }}`,
    /undefined filter: where_exp/,
  ],
  [
    "a search of every item by every item",
    `{% assign a = (1..900000) %}{{ a | find_index: "y", "z" }}`,
    /limit exceeded/,
  ],
  ["a choice among too many items", `{% assign a = (1..490000) %}{{ a | where: "y", "z" | size }}`, /limit exceeded/],
  ["groups of too many items", `{% assign a = (1..490000) %}{{ a | group_by: "y" | size }}`, /limit exceeded/],
  [
    "sums in a loop of loops",
    "{% assign a = (1..9000) %}{% for i in a %}{% for j in a limit:9 %}{{ a | sum }}{% endfor %}{% endfor %}",
    /limit exceeded/,
  ],
  ["a shuffle of too many items", `{% assign a = (1..490000) %}{{ a | sample: 490000 | size }}`, /limit exceeded/],
  [
    "sorting long texts that differ at their end",
    `${two}{% assign a = "" | concat: p | push: q %}${grown("a", 13, "concat")}{{ a | sort_natural | size }}`,
    /value size limit exceeded/,
  ],
  [
    "sorting some heavy texts",
    `${long("s", 12)}{% assign a = "" | concat: s %}{% for i in (1..12) %}{% assign t = s | append: i %}{% assign a = a | push: t %}{% endfor %}${grown("a", 1, "concat")}{{ a | sort | sort_natural | size }}`,
    /limit exceeded/,
  ],
  ["a long text in a longer one", `${needle}{% if s contains p %}{% endif %}`, /work limit exceeded/],
  ["splitting by a long text", `${needle}{{ s | split: p | size }}`, /work limit exceeded/],
  ["replacing a long text", `${needle}{{ s | replace: p, "" | size }}`, /work limit exceeded/],
  ["removing the last long text", `${needle}{{ s | remove_last: p | size }}`, /work limit exceeded/],
  ["printing lists of lists", `${nested("a", "x", 26)}{{ a }}`, /value size limit exceeded/],
  ["joining lists of lists", `${nested("a", "x", 26)}{{ a | join: "" | size }}`, /value size limit exceeded/],
  [
    "comparing lists of lists",
    `${nested("a", "x", 16)}${nested("b", "x", 16)}{% if a == b %}{% endif %}`,
    /work limit exceeded/,
  ],
  ["ordering lists of lists", `${nested("a", "x", 16)}{% if a < 1 %}{% endif %}`, /work limit exceeded/],
  [
    "groups of groups",
    `{% assign a = "x" | split: "," %}{% for i in (1..30) %}{% assign a = a | concat: a | group_by: "y" %}{% endfor %}{{ a | json | size }}`,
    /limit exceeded/,
  ],
  [
    "lists as deep as they are long",
    `{% assign a = (1..100000) %}{% for i in (1..900) %}{% assign t = "" | split: "," | push: a %}{% assign a = t %}{% endfor %}{{ a | size }}`,
    /nesting limit exceeded/,
  ],
  [
    "indenting deep lists",
    `{% assign a = (1..100000) %}{% for i in (1..150) %}{% assign t = "" | split: "," | push: a %}{% assign a = t %}{% endfor %}{{ a | json: 10 | size }}`,
    /work limit exceeded/,
  ],
  [
    "a case of thousands of lists",
    `${lists}{% case a %}{% when b${",b".repeat(3000)} %}{% endcase %}`,
    /limit exceeded/,
  ],
  [
    "a condition of thousands of lists",
    `${lists}{% if a == b${" or a == b".repeat(3000)} %}{% endif %}`,
    /limit exceeded/,
  ],
  [
    "a list in a list of lists",
    `${lists}{% assign c = "" | push: a | push: a %}{% if c contains b %}{% endif %}`,
    /work limit/,
  ],
  ["dates without end", `{{ "now" | date: "${"%c".repeat(45_000)}" }}`, /work limit exceeded/],
  ["many long dates", `${`{{ "now" | date: "${"%c".repeat(900)}" }}`.repeat(50)}`, /limit exceeded/],
  [
    "a path that is too long",
    `${long("p", 15).replace("aaaaaaaaaa", "a.a.a.a.a.")}{% assign a = (1..9) %}{{ a | map: p }}`,
    /work limit/,
  ],
  [
    "a path of brackets",
    `{% assign p = "a[" %}${grown("p", 16)}{% assign a = (1..1000) %}{{ a | where: p | size }}`,
    /work limit exceeded/,
  ],
  [
    "encoding what is encoded",
    `${long("s", 15).replace("aaaaaaaaaa", "%%%%%%%%%%")}{{ s${" | url_encode".repeat(40)} | size }}`,
    /limit exceeded/,
  ],
  [
    "escaping what is escaped",
    `${long("s", 14).replace("aaaaaaaaaa", "&&&&&&&&&&")}{{ s${" | escape".repeat(40)} | size }}`,
    /limit exceeded/,
  ],
  ["thousands of slugs", `${long("s", 14)}{{ s${` | slugify: "latin"`.repeat(4000)} | size }}`, /limit exceeded/],
  ["a comment of many lines", `{% # a${"\n ".repeat(49_000)}x %}`, /inline comment/],
  [
    "a loop of empty loops",
    "{% for a in (1..900) %}{% for b in (1..900) %}{% for c in (1..900) %}{% endfor %}{% endfor %}{% endfor %}",
    /limit exceeded/,
  ],
  [
    "a table of tables",
    "{% tablerow a in (1..9000) %}{% tablerow b in (1..9000) %}{% endtablerow %}{% endtablerow %}",
    /limit exceeded/,
  ],
];

const tagged = (first: unknown, times: number) => `${first}${"{{a}}".repeat(times)}`;
const twenty = (template: (index: number) => string) => ({ body: Array.from({ length: 20 }, (_, i) => template(i)) });

interface InputAttack {
  readonly what: string;
  readonly input: Rendered;
  readonly kinds: TemplateKinds;
  readonly refusal: RegExp;
}

/** Inputs whose templates once took a second and more to parse. */
export const inputs: readonly InputAttack[] = [
  {
    what: "a text and HTML of tags",
    input: { text: tagged("a", 19_990), html: tagged("b", 19_990) },
    kinds: { text: "text", html: "html" },
    refusal: /^the templates of an input have at most 5000 tags together, line:1, col:25002$/,
  },
  {
    what: "lines of tags",
    input: { text: `{% liquid\n${"#\n".repeat(40_000)}%}` },
    kinds: { text: "text" },
    refusal: /^the templates of an input have at most 5000 tags together, line:5000, col:2$/,
  },
  {
    what: "twenty templates of tags",
    input: twenty((index) => tagged(index, 4_990)),
    kinds: { body: "json" },
    refusal: /^the templates of an input have at most 5000 tags together, line:1, col:52$/,
  },
  {
    what: "twenty long templates",
    input: twenty((index) => `{% cycle ${index}${",1".repeat(49_000)} %}`),
    kinds: { body: "json" },
    refusal: /^the templates of an input have at most 200000 characters together, line:1, col:\d+$/,
  },
  {
    what: "thousands of templates that are wrong",
    input: { body: Array.from({ length: 20_000 }, () => "{{") },
    kinds: { body: "json" },
    refusal: /^output "\{\{" not closed|^the templates of an input have at most 5000 tags together, line:1, col:1$/,
  },
];

/** What takes long for another reason than its filters, and ends well. */
export const harmless: readonly (readonly [what: string, template: string])[] = [
  [
    "thousands of searches of a text",
    `${long("s", 13)}{% if s contains "b"${' or s contains "b"'.repeat(4900)} %}{% endif %}`,
  ],
  ["a comment of empty lines", `{% # a${"\n ".repeat(49_000)}# %}`],
  ["a sum of many", "{% assign a = (1..300000) %}{{ a | sum }}"],
  ["sorting many", "{% assign a = (1..9000) | reverse | sort %}{{ a | size }}"],
];
