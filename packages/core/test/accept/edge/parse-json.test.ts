import { WendError } from "@wend/plugin";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { findFaults } from "../../../src/accept/edge/find-faults.ts";
import { parseJson, parseWholeJson } from "../../../src/accept/edge/parse-json.ts";
import { isSuspect } from "../../../src/accept/edge/suspect.ts";

const bytes = (text: string) => new TextEncoder().encode(text);
const forbidden = new Set(["__proto__", "constructor", "prototype"]);
const nested = (levels: number) => `${"[".repeat(levels)}${"]".repeat(levels)}`;
const faultsOf = (text: string) => parseJson(bytes(text)).faults.map(({ code, pointer }) => `${code} ${pointer}`);

const thrownBy = (work: () => unknown): WendError => {
  try {
    work();
  } catch (error) {
    if (error instanceof WendError) return error;
    throw error;
  }
  throw new Error("nothing was thrown");
};

describe("what no store can keep is found with its pointer", () => {
  it.each([
    ["NUL spelt as an escape", String.raw`{"a":{"b":["x","y\u0000"]}}`, "request.bad_text /a/b/1"],
    ["NUL in a key", String.raw`{"a":{"b\u0000":1}}`, "request.bad_text /a/b\u{fffd}"],
    ["a lone high surrogate", String.raw`{"a":"\ud800"}`, "request.bad_text /a"],
    ["a lone high surrogate before text", String.raw`{"a":"\uD83Dx"}`, "request.bad_text /a"],
    ["a lone low surrogate", String.raw`{"a":"\uDE00"}`, "request.bad_text /a"],
    ["two high surrogates", String.raw`{"a":"\ud83d\ud83d"}`, "request.bad_text /a"],
    ["__proto__", `{"a":{"__proto__":{"x":1}}}`, "request.forbidden_key /a/__proto__"],
    ["__proto__ spelt with escapes", String.raw`{"\u005f_proto__":1}`, "request.forbidden_key /__proto__"],
    ["constructor", `{"constructor":{"x":1}}`, "request.forbidden_key /constructor"],
    ["prototype", `[{"prototype" : 1}]`, "request.forbidden_key /0/prototype"],
    ["2^53", `{"n":9007199254740992}`, "request.unsafe_number /n"],
    ["-2^53", `{"n":-9007199254740992}`, "request.unsafe_number /n"],
    ["2^53 as a decimal", `{"n":9007199254740993.0}`, "request.unsafe_number /n"],
    ["an integer with an exponent", `{"n":1e16}`, "request.unsafe_number /n"],
    ["an infinite number", `{"n":1e400}`, "request.unsafe_number /n"],
    ["a negative infinite number", `[[-1E+999]]`, "request.unsafe_number /0/0"],
    ["a very long integer", `{"n":1${"0".repeat(400)}}`, "request.unsafe_number /n"],
    ["keys that need escaping", String.raw`{"a/b":{"c~d":"\ud800"}}`, "request.bad_text /a~1b/c~0d"],
    ["a bad value at the root", String.raw`"\ud800"`, "request.bad_text "],
    ["65 levels", nested(65), `request.too_deep ${"/0".repeat(64)}`],
    ["65 levels behind brackets in text", `{"a":"]]]]]]","b":${nested(64)}}`, `request.too_deep /b${"/0".repeat(63)}`],
  ])("%s", (_, text, fault) => {
    expect(faultsOf(text)).toEqual([fault]);
  });

  it("lists every fault", () => {
    const text = String.raw`{"a":1e999,"b":"\u0000","c":{"prototype":[9007199254740993]}}`;
    expect(faultsOf(text)).toEqual([
      "request.unsafe_number /a",
      "request.bad_text /b",
      "request.forbidden_key /c/prototype",
      "request.unsafe_number /c/prototype/0",
    ]);
  });

  it("finds a fault behind a subtree that is too deep", () => {
    expect(faultsOf(`{"a":${nested(70)},"b":1e999}`)).toEqual([
      `request.too_deep /a${"/0".repeat(63)}`,
      "request.unsafe_number /b",
    ]);
  });

  it("finds a batch item of more than 32 KB, measured as it was sent", () => {
    const item = (size: number) => `{"p":"${"x".repeat(size - 8)}"}`;
    expect(faultsOf(`{"batch":[${item(100)},${item(32 * 1024)},${item(32 * 1024 + 1)}]}`)).toEqual([
      "request.too_large /batch/2",
    ]);
    expect(faultsOf(`{"context":{"a":${item(40_000)}},"batch":[]}`)).toEqual([]);
  });

  it("keeps a pointer bearable when keys are huge", () => {
    const [fault] = parseJson(bytes(`{"a":{"${"k".repeat(5_000)}":1e999}}`)).faults;
    expect(fault?.pointer).toBe("/a");
  });

  it("finds one fault of every item, however many faults stand before it", () => {
    const bad = Array.from({ length: 50 }, () => "1e999").join(",");
    expect(faultsOf(`{"other":[[${bad}]],"batch":[[${bad}],[1],[${bad}]]}`).slice(20)).toEqual([
      "request.unsafe_number /batch/0/0",
      "request.unsafe_number /batch/2/0",
    ]);
  });

  it("is never missed by the fast look", () => {
    const fragments = ["{", "}", "[", "]", ",", ":", '"', "a", "1e400", "9007199254740993", "-1.5", "0", "true"];
    const escapes = ["\\u0000", "\\ud800", "\\udc00", "\\ud83d\\ude00", "\\u0070", "\\\\", '\\"', "\\n"];
    const words = [
      "__proto__",
      '"__proto__":1',
      '"constructor":{}',
      "rototype",
      "é",
      "[[[[[[[[[[[[[[[[",
      "]]]]]]]]]]]]]]]]",
    ];
    const text = fc.array(fc.constantFrom(...fragments, ...escapes, ...words), { maxLength: 30 });
    const wrapped = fc.oneof(
      text.map((parts) => parts.join("")),
      text.map((parts) => `{"k":"${parts.filter((part) => !part.includes('"') || part === '\\"').join("")}"}`),
      fc.json({ depthSize: "large" }),
    );
    fc.assert(
      fc.property(wrapped, (body) => {
        try {
          JSON.parse(body);
        } catch {
          return;
        }
        if (findFaults(bytes(body)).length > 0) expect(isSuspect(bytes(body))).toBe(true);
      }),
      { numRuns: 2_000 },
    );
  });
});

describe("what is legal passes", () => {
  it.each([
    ["decimals", `{"a":0.1,"b":12.30,"c":-0.30000000000000004,"d":1.5e3,"e":1E-400}`],
    ["the largest integers", `[9007199254740991,-9007199254740991]`],
    ["64 levels", nested(64)],
    ["many siblings at one level", `[${"[],".repeat(1_000)}[]]`],
    ["surrogate pairs as escapes", String.raw`{"a":"\ud83d\ude00\u00e9"}`],
    ["escapes of ASCII", String.raw`{"a\u0041":"\u003cb\u003e \" \\ \/ \n"}`],
    ["brackets and quotes in text", String.raw`{"a":"[[[{{{\"","b":"\\"}`],
    ["the forbidden words as values", `{"a":"__proto__","b":["constructor","prototype"]}`],
    ["keys that only begin alike", `{"__proto___":1,"construction":2,"prototypes":3,"constrained":4,"protocols":5}`],
  ])("%s", (_, text) => {
    expect(faultsOf(text)).toEqual([]);
    expect(parseJson(bytes(text)).value).toEqual(JSON.parse(text));
  });

  it("any JSON of safe numbers and well-formed text", () => {
    const leaf = fc.oneof(
      fc.string({ unit: "grapheme" }).map((text) => text.replaceAll("\0", "")),
      fc.maxSafeInteger(),
      fc.double({ min: -(2 ** 53) + 1, max: 2 ** 53 - 1, noNaN: true }),
      fc.boolean(),
      fc.constant(null),
    );
    const key = fc.string({ unit: "grapheme" }).filter((text) => !(text.includes("\0") || forbidden.has(text)));
    const { tree } = fc.letrec((tie) => ({
      tree: fc.oneof({ depthSize: "small" }, leaf, fc.array(tie("tree")), fc.dictionary(key, tie("tree"))),
    }));
    fc.assert(
      fc.property(tree, (value) => {
        expect(faultsOf(JSON.stringify(value))).toEqual([]);
      }),
    );
  });
});

describe("what is no JSON is refused as a whole", () => {
  const refused = (body: Uint8Array) => {
    const { code, pointer } = thrownBy(() => parseJson(body));
    return `${code} ${pointer}`;
  };

  it.each([
    ["nothing", "", "request.invalid_json "],
    ["half a document", `{"a":1`, "request.invalid_json "],
    ["two documents", `{}{}`, "request.invalid_json "],
    ["a trailing comma", `{"a":1,}`, "request.invalid_json "],
    ["NaN", `{"a":NaN}`, "request.invalid_json "],
    ["a raw NUL outside text", `{"a":1}\0`, "request.invalid_json "],
    ["a raw NUL in a text, with its pointer", `{"a":["x","y\0"]}`, "request.bad_text /a/1"],
    ["100,000 open brackets", "[".repeat(100_000), "request.invalid_json "],
  ])("%s", (_, text, expected) => {
    expect(refused(bytes(text))).toBe(expected);
  });

  it("a surrogate as raw bytes, with its pointer", () => {
    const body = Uint8Array.from([...bytes(`{"a":{"b":"x`), 0xed, 0xa0, 0x80, ...bytes(`"}}`)]);
    expect(refused(body)).toBe("request.invalid_encoding /a/b");
  });

  it("bytes that are no UTF-8 outside text", () => {
    expect(refused(Uint8Array.from([...bytes(`{"a":1}`), 0xff]))).toBe("request.invalid_encoding ");
  });

  it("one byte more than 512 KB", () => {
    const text = `"${"x".repeat(512 * 1024 - 2)}"`;
    expect(faultsOf(text)).toEqual([]);
    expect(refused(bytes(`${text} `))).toBe("request.too_large ");
  });

  it("any bytes are parsed or refused with a code", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 40 }), fc.constantFrom("", `{"a":"`, "[[{"), (tail, head) => {
        const body = Uint8Array.from([...bytes(head), ...tail]);
        try {
          parseJson(body);
        } catch (error) {
          expect(error).toBeInstanceOf(WendError);
        }
      }),
    );
  });

  it("one thing with faults is refused by its first, the others listed", () => {
    const error = thrownBy(() => parseWholeJson(bytes(String.raw`{"a":"\u0000","b":1e999}`)));
    expect(error).toMatchObject({ code: "request.bad_text", pointer: "/a" });
    expect(error.problems?.map(({ pointer }) => pointer)).toEqual(["/a", "/b"]);
  });
});
