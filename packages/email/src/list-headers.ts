type Headers = { readonly [name: string]: string };

interface ListSetup {
  readonly listId: string;
  readonly unsubscribe: string | undefined;
  /** What the author has set, which goes first. */
  readonly own: Headers;
}

/** The headers of promotional mail: who it is from as a list, and how to leave it with one click (RFC 8058). */
export function listHeaders({ listId, unsubscribe, own }: ListSetup): Headers {
  const set = new Set(Object.keys(own).map((name) => name.toLowerCase()));
  return {
    ...(set.has("list-id") ? undefined : { "List-Id": `<${listId}>` }),
    ...(set.has("list-unsubscribe") || set.has("list-unsubscribe-post") || unsubscribe === undefined
      ? undefined
      : { "List-Unsubscribe": `<${unsubscribe}>`, "List-Unsubscribe-Post": "List-Unsubscribe=One-Click" }),
    ...own,
  };
}
