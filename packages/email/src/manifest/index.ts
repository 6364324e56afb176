export { address, displayName, domainName } from "./fields.ts";
export { type MailInput, mailAction } from "./mail-action.ts";
export { type Sender, senderFields } from "./sender.ts";
