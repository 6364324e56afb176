export { composeMail, type MailComposer } from "./compose-mail.ts";
export { createSigner, type Sign } from "./links/signer.ts";
export type { Mail, MailAttachment, MailSender } from "./mail.ts";
export { findAgent } from "./serve/agents.ts";
export type { HeardByVisit } from "./serve/heard-by-visit.ts";
export { serveLinks } from "./serve/serve-links.ts";
export { withoutAddresses } from "./without-addresses.ts";
