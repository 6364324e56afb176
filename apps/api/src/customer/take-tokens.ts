/** Takes every good token off a URL and leaves the rest as it was written; gives back whom they speak for, in their order. */
export async function takeTokens(
  url: URL,
  open: (token: string) => Promise<string | undefined>,
): Promise<readonly string[]> {
  const found: string[] = [];
  const rest: string[] = [];
  for (const piece of url.search.slice(1).split("&")) {
    const token = tokenOf(piece);
    const profileId = token === undefined ? undefined : await open(token);
    if (profileId === undefined) rest.push(piece);
    else found.push(profileId);
  }
  if (found.length > 0) url.search = rest.join("&");
  return found;
}

// By the rules of a whole query, where a question mark at the beginning is part of a name.
const tokenOf = (piece: string): string | undefined => new URLSearchParams(`&${piece}`).get("token") ?? undefined;
