const special = /[~/]/;

/**
 * The RFC 6901 pointer of a path into a document; `""` for the whole of it.
 *
 * @example
 * jsonPointer(["config", "a/b", 0]); // "/config/a~1b/0"
 */
export function jsonPointer(path: readonly PropertyKey[]): string {
  let pointer = "";
  for (const key of path) pointer += `/${escaped(String(key))}`;
  return pointer;
}

const escaped = (key: string): string => (special.test(key) ? key.replaceAll("~", "~0").replaceAll("/", "~1") : key);
