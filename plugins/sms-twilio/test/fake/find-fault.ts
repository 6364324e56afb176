interface Account {
  readonly optedOut: ReadonlySet<string>;
  /** Any, when undefined. */
  readonly numbers: readonly string[] | undefined;
}

/** Twilio's code for what it does not take; undefined when it does. */
export function findFault(form: URLSearchParams, { optedOut, numbers }: Account): number | undefined {
  const fieldOf = (name: string) => form.get(name) ?? "";
  const [to, from, body] = [fieldOf("To"), fieldOf("From"), fieldOf("Body")];
  const faults: readonly (readonly [boolean, number])[] = [
    [to === "", 21604],
    [!/^\+[1-9]\d{6,14}$/.test(to), 21211],
    [optedOut.has(to), 21610],
    [from === "" && !form.has("MessagingServiceSid"), 21603],
    [from !== "" && numbers?.includes(from) === false, 21606],
    [body.trim() === "", 21602],
    [body.length > 1_600, 21617],
  ];
  return faults.find(([holds]) => holds)?.[1];
}
