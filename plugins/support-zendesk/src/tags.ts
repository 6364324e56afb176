/** Tags as Zendesk takes them: it would make two of one with a space. What renders to nothing is none. */
export const tagsOf = (written: readonly string[] = []): string[] =>
  written.map((tag) => tag.trim().replace(/[\s,]+/g, "_")).filter((tag) => tag !== "");
