/** The delivery of every call here. */
export const deliveryId = "01980000-0000-7000-8000-000000000001";

/** A header of a mail as it went out, unfolded as it is. */
export const header = (raw: string, name: string): string | undefined =>
  new RegExp(`^${name}:(?:\\r\\n)?[ \\t](.*(?:\\r\\n[ \\t].*)*)`, "im").exec(
    raw.slice(0, raw.indexOf("\r\n\r\n")),
  )?.[1];
