/** What follows the connection's id is its own; a colon begins the name of a parameter. */
export const customerPath = "/c/:connection/*";

/** Which connection a URL is about, and where below its own path. */
export interface Place {
  readonly id: string;
  /** Empty for the connection's own path without a slash. */
  readonly path: string;
}

const shape = /^\/c\/(?<id>[^/]+)(?<path>\/.*)?$/;

/** Read from the URL as it is handed on, so that both always agree. */
export function placeOf({ pathname }: URL): Place | undefined {
  const { id, path = "" } = shape.exec(pathname)?.groups ?? {};
  return id === undefined ? undefined : { id, path };
}
