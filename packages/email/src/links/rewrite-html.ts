import type { DefaultTreeAdapterTypes as Tree } from "parse5";
import { parse } from "parse5";
import type { DeliveryLinks } from "./delivery-links.ts";

/** What an author writes where the link to unsubscribe belongs, in HTML as an `href` and in text. */
export const unsubscribePlaceholder = "wend:unsubscribe";

interface Edit {
  readonly end: number;
  readonly text: string;
}

/**
 * HTML with its links tracked, the link to unsubscribe in its place and the pixel at its end. Only what changes is
 * written anew, so that everything else reaches the mailbox as the author wrote it, comments for Outlook included.
 */
export function rewriteHtml(html: string, links: DeliveryLinks): string {
  const pixel = links.pixel?.();
  // Most mails have nothing to change, and parsing is what costs.
  const asIs = pixel === undefined && links.click === undefined && links.untracked === undefined;
  if (asIs && !html.includes(unsubscribePlaceholder)) return html;
  const edits = new Map<number, Edit>();
  let end = html.length;
  for (const element of elementsOf(parse(html, { sourceCodeLocationInfo: true, scriptingEnabled: false }))) {
    if (element.tagName === "body") end = element.sourceCodeLocation?.endTag?.startOffset ?? end;
    const place = element.sourceCodeLocation?.attrs?.href;
    if (place === undefined) continue;
    const { startOffset: start, endOffset } = place;
    const text = hrefOf(linkOf(element, links), html.slice(start, endOffset), links);
    if (text !== undefined) edits.set(start, { end: endOffset, text });
  }
  if (pixel !== undefined) edits.set(end, { end, text: pixelOf(pixel) });
  return applied(html, edits);
}

function* elementsOf(root: Tree.Document): Generator<Tree.Element> {
  const open: Tree.Node[] = [root];
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    if ("tagName" in node) yield node;
    // Not spread: a page may have more children than a call takes arguments.
    if ("childNodes" in node) for (const child of node.childNodes) open.push(child);
    if ("content" in node) open.push(node.content);
  }
}

const linking = new Set(["a", "area"]);
const leavesList = /unsubscribe|opt-?out|abmelden/i;

interface Link {
  /** Undefined where it leads where the author said. */
  readonly target: string | undefined;
  readonly mayBeTracked: boolean;
}

/** Undefined for what leads to no page. */
function linkOf({ tagName, attrs }: Tree.Element, links: DeliveryLinks): Link | undefined {
  const attribute = (name: string) => attrs.find((one) => one.name === name)?.value;
  const href = attribute("href")?.trim();
  if (!linking.has(tagName) || href === undefined) return undefined;
  if (href === unsubscribePlaceholder) return { target: links.unsubscribe(), mayBeTracked: false };
  const url = /^https?:\/\//i.test(href) ? URL.parse(href) : null;
  if (url === null) return undefined;
  const isPrivate = href.startsWith(links.base) || attribute("data-wend-track") === "off" || leavesList.test(href);
  return { target: isPrivate ? undefined : links.click?.(url.href), mayBeTracked: !isPrivate };
}

/** What stands instead of a link's attribute; undefined where it stays. */
function hrefOf(link: Link | undefined, written: string, { untracked }: DeliveryLinks): string | undefined {
  const target = link?.target === undefined ? undefined : `href="${escaped(link.target)}"`;
  if (link === undefined || link.mayBeTracked || untracked === undefined) return target;
  return `${untracked} ${target ?? written}`;
}

const pixelOf = (url: string): string =>
  `<img src="${escaped(url)}" width="1" height="1" alt="" style="display:block;border:0">`;

const escaped = (text: string): string => text.replaceAll("&", "&amp;").replaceAll('"', "&quot;");

function applied(html: string, edits: ReadonlyMap<number, Edit>): string {
  let written = "";
  let from = 0;
  for (const [start, { end, text }] of [...edits].sort(([a], [b]) => a - b)) {
    written += html.slice(from, start) + text;
    from = end;
  }
  return written + html.slice(from);
}
