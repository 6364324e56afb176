import { expect, test } from "vitest";
import type { DeliveryLinks } from "../../src/links/delivery-links.ts";
import { rewriteHtml } from "../../src/links/rewrite-html.ts";

const links: DeliveryLinks = {
  base: "https://wend.test/c/1",
  unsubscribe: () => "https://wend.test/c/1/u/T",
  pixel: undefined,
  click: (url) => `https://wend.test/c/1/c/${encodeURIComponent(url)}`,
};
const tracked = (url: string) => `href="https://wend.test/c/1/c/${encodeURIComponent(url)}"`;

test.each([
  ['<a href="https://a.test/?x=1&amp;y=2">x</a>', `<a ${tracked("https://a.test/?x=1&y=2")}>x</a>`],
  ["<A class=b HREF='http://a.test/'>x</A>", `<A class=b ${tracked("http://a.test/")}>x</A>`],
  ["<a\r\n  href=https://a.test/ id=i>x", `<a\r\n  ${tracked("https://a.test/")} id=i>x`],
  ['<map><area href=" https://a.test/ "></map>', `<map><area ${tracked("https://a.test/")}></map>`],
  ["<p>é <a href='https://a.test/ü'>x</a> é", `<p>é <a ${tracked("https://a.test/%C3%BC")}>x</a> é`],
  ["<a href='https://bücher.test/a\nb'>x</a>", `<a ${tracked("https://xn--bcher-kva.test/ab")}>x</a>`],
  ["<b><a href='https://a.test/'><p>x</b>y</a>", `<b><a ${tracked("https://a.test/")}><p>x</b>y</a>`],
])("%s is tracked", (html, expected) => {
  expect(rewriteHtml(html, links)).toBe(expected);
});

test.each([
  '<a href="mailto:ada@example.com">x</a>',
  '<a href="tel:+491234">x</a>',
  '<a href="#top">x</a>',
  '<a href="/relative">x</a>',
  '<a name="here">x</a>',
  '<a href="javascript:alert(1)">x</a>',
  '<a href="https://">x</a>',
  '<a href="https://a.test/" data-wend-track="off">x</a>',
  '<a href="https://a.test/unsubscribe?x=1">x</a>',
  '<a href="https://wend.test/c/1/u/abc">x</a>',
  '<link rel="stylesheet" href="https://a.test/x.css">',
  '<!--[if mso]><a href="https://a.test/">x</a><![endif]-->',
  '<p>https://a.test/ &lt;a href="https://a.test/"&gt;</p>',
  '<style>a[href="https://a.test/"]{}</style><textarea><a href="https://a.test/">x</a></textarea>',
])("%s stays as it is", (html) => {
  expect(rewriteHtml(html, links)).toBe(html);
});

test.each([
  ['<a href="wend:unsubscribe">leave</a>', '<a clicktracking=off href="https://wend.test/c/1/u/T">leave</a>'],
  [
    "<a class=b href='https://wend.test/c/1/u/abc'>x</a>",
    "<a class=b clicktracking=off href='https://wend.test/c/1/u/abc'>x</a>",
  ],
  [
    '<a href="https://a.test/" data-wend-track="off">x</a>',
    '<a clicktracking=off href="https://a.test/" data-wend-track="off">x</a>',
  ],
  ['<a href="https://a.test/opt-out">x</a>', '<a clicktracking=off href="https://a.test/opt-out">x</a>'],
  [
    '<a href="https://a.test/">x</a> <a href="mailto:ada@example.com">y</a>',
    '<a href="https://a.test/">x</a> <a href="mailto:ada@example.com">y</a>',
  ],
])("where the provider tracks clicks by itself, %s becomes %s", (html, expected) => {
  const own = { ...links, click: undefined, untracked: "clicktracking=off" };
  expect(rewriteHtml(html, own)).toBe(expected);
});

test("the link to unsubscribe takes the place that the author has given it", () => {
  expect(rewriteHtml('<a href="wend:unsubscribe">leave</a>', links)).toBe(
    '<a href="https://wend.test/c/1/u/T">leave</a>',
  );
});

test("the pixel stands at the end of the body, or of what there is", () => {
  const pixel = { ...links, pixel: () => "https://wend.test/c/1/o/T" };
  expect(rewriteHtml("<html><body><p>x</p></body></html>", pixel)).toMatch(
    /<\/p><img src="[^"]*\/o\/T"[^>]*><\/body><\/html>$/,
  );
  expect(rewriteHtml("<p>x</p>", pixel)).toMatch(/^<p>x<\/p><img src="[^"]*\/o\/T"[^>]*>$/);
});

test("HTML that is deep, long or broken is rewritten in time", () => {
  for (const html of [
    "<div>".repeat(50_000),
    "<a href=https://a.test/>".repeat(20_000),
    "<b><p>".repeat(20_000),
    "<".repeat(400_000),
  ]) {
    const started = performance.now();
    rewriteHtml(html, links);
    expect(performance.now() - started, html.slice(0, 20)).toBeLessThan(2_000);
  }
});
