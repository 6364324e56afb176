/** Joins a call's path to the connection's URL; the URL's own query stays. */
export function createEndpoint(base: string): (path: string | undefined) => string {
  const { href, origin, pathname, search } = new URL(base);
  const prefix = origin + pathname.replace(/\/$/, "");
  return (path) => {
    if (path === undefined) return href;
    if (search === "") return prefix + path;
    return prefix + path + (path.includes("?") ? `&${search.slice(1)}` : search);
  };
}
