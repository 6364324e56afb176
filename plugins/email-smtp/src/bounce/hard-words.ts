/** Words of servers that mean an unknown address although they name other reasons beside. */
export const hardWordsFirst: readonly RegExp[] = [
  /recipient address rejected: access denied/i,
  /domain is not reachable/i,
  /account or domain may not exist/i,
  /recipient address rejected\.?\s*$/i,
];

const party = "(?:user|recipient|mailbox|account|address|e-?mail|rcpt|addressee|person|local.?part)";
const lacking =
  "(?:does ?n.t exist|does not exist|do not exist|not exist|no longer (?:exists?|here|valid|available)|is unknown|unknown|not found|could ?n.t be found|could not be found|was ?n.t found|is not known|not valid|is invalid|invalid|not listed|not in (?:our|the) (?:directory|list)|is not (?:a )?(?:known|valid|local|here|one))";

/** Words of servers by which an address, or its domain, will never work. */
export const hardWords: readonly RegExp[] = [
  new RegExp(`${party}s?\\b.{0,60}\\b${lacking}`, "i"),
  new RegExp(
    `(?:unknown|invalid|no such|non-?existent|bad|no valid|not a valid|not a known)\\b.{0,15}\\b${party}`,
    "i",
  ),
  /no such (?:user|person|mailbox|recipient|account|address|local)/i,
  /(?:does ?n.t|does not) have (?:a|an)\b.{0,60}\baccount|not (?:our|a) customer|unrouteable address|has no mailbox/i,
  /recip(?:ient)?notfound|mailbox (?:unavailable|not available)|invalid final delivery userid|has moved|user not local/i,
  /\bno (?:valid )?(?:mailbox|user)(?: here)? by that name|\bunknown (?:local )?user|user unknown/i,
  // The domain.
  /host (?:or domain name )?(?:not found|unknown)|unknown host|nxdomain|no such (?:host|domain)|invalid domain/i,
  /domain\b.{0,60}(?:not found|does not exist|does ?n.t exist|could ?n.t be found|is invalid|is not valid|not reachable|unknown)/i,
  /couldn.t find any host|no (?:mx|dns) (?:record|information)|null ?mx|does not accept (?:any )?mail|bad destination host/i,
  /could ?n.t find a mail exchanger|all relevant mx records point to non-existent hosts|unrouteable mail domain/i,
];
