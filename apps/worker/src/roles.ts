import { WendError } from "@wend/plugin";

/** What a worker process does. */
export interface Roles {
  readonly advance: boolean;
  /** `all`, or the channels it serves; empty for none. */
  readonly deliver: "all" | readonly string[];
  readonly clock: boolean;
  readonly maintenance: boolean;
}

const roleNames = ["advance", "deliver", "clock", "maintenance"];

/**
 * Reads roles as given on the command line: `advance clock`, `deliver` for all channels, `deliver email webhook` for
 * some. None at all means all roles. Throws `cli.usage`.
 */
export function parseRoles(args: readonly string[]): Roles {
  if (args.length === 0) return { advance: true, deliver: "all", clock: true, maintenance: true };
  const named = new Set<string>();
  const channels = new Set<string>();
  let everyChannel = false;
  args.forEach((word, at) => {
    if (roleNames.includes(word)) named.add(word);
    else if (isChannelAt(args, at)) channels.add(word);
    else throw new WendError("cli.usage", { detail: `${JSON.stringify(word)} is no role. ${usage}` });
    if (word === "deliver" && !isChannelAt(args, at + 1)) everyChannel = true;
  });
  return {
    advance: named.has("advance"),
    deliver: everyChannel ? "all" : [...channels],
    clock: named.has("clock"),
    maintenance: named.has("maintenance"),
  };
}

const usage = "Name any of: advance, deliver [channel…], clock, maintenance.";

// A channel stands behind `deliver`, or behind another channel.
function isChannelAt(args: readonly string[], at: number): boolean {
  const word = args[at];
  if (word === undefined || roleNames.includes(word) || !/^[a-z][a-z0-9_-]*$/.test(word)) return false;
  return args[at - 1] === "deliver" || isChannelAt(args, at - 1);
}
