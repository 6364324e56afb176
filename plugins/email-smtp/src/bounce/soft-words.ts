/** Words of servers by which an address may work another time, whatever else they say. */
export const softWords: readonly RegExp[] = [
  // A mailbox that is full or has been switched off.
  /(?:mailbox|inbox|account|user|recipient|storage|quota|disk|folder)(?:\(s\))?.{0,40}(?:is |has )?(?:\bfull\b|over ?quota|exceeded|exhausted)/i,
  /over(?: the)?(?: allocated| storage)? ?quota|quota (?:exceed|violation)|exceed.{0,30}quota|out of storage/i,
  /not enough (?:disk |storage )?space|insufficient (?:system )?(?:storage|resources)/i,
  /(?:account|mailbox|user|recipient)(?:\(s\))?.{0,40}(?:disabled|suspended|inactive|deactivated|not active|blocked)/i,
  // Spam, reputation, authentication, policy.
  /\bspam\b|unsolicited|spamhaus|\brbl\b|\bdnsbl\b|(?:black|block|deny) ?-?list|reputation|\bbanned\b|\bblocked\b/i,
  /\bspf\b|\bdkim\b|\bdmarc\b|unauthenticated|\bptr\b|reverse (?:dns|host)|(?:grey|gray)list|content (?:rejected|filter)/i,
  /\bvirus|malware|phish|polic(?:y|ies)|rate limit|throttl|too many (?:connections|messages|recipients|hops)/i,
  /client host .{0,80}(?:rejected|blocked)|relay(?:ing)? (?:access )?(?:denied|not permitted|prohibited)/i,
  /sender (?:address )?(?:is )?(?:rejected|denied|refused|blocked)|not (?:authorized|allowed|permitted) to send/i,
  /access denied/i,
  // Sizes, networks, machines.
  /(?:message|mail) .{0,30}(?:too (?:big|large)|exceed.{0,20}size)|size limit/i,
  /timed? ?out|connection (?:refused|reset|timed)|no route to host|network is unreachable|mail loop|loops back/i,
  /(?:try|tried) (?:again )?later|not found, try again|temporar(?:y|ily)|service unavailable|has been queued|retry time/i,
];
