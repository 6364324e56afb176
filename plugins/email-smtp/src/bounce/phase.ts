const atSender = /(?:after|in reply to|response to|at) "?MAIL(?: FROM)?\b/i;
const atContent =
  /(?:after|in reply to|response to|at) (?:(?:the )?end of )?"?(?:DATA|message data)\b|^-+SMTP command\nDATA$/im;
// The first command of a transcript that was refused; the later ones are refused because of it.
const refused = /^>>> ?(\w+|\.).*\n(?:<<< ?[23].*\n)*<<< ?[45]/m;
// Commands were sent in one go: what is shown as the answer to DATA is that to RCPT.
const withoutRecipients = /^<<< ?5\d\d.*(?:need rcpt|no (?:valid )?recipient|bad sequence|rcpt first|must precede)/im;

/**
 * Whether the server refused the sender or the content of the mail rather than its recipient. What it then says of the
 * recipient is no verdict on the address: filters say "user unknown" to spam.
 */
export function isNotOfRecipient(text: string): boolean {
  const command = refused.exec(text)?.[1]?.toUpperCase();
  if (command === undefined) return atSender.test(text) || atContent.test(text);
  return command === "MAIL" || ((command === "DATA" || command === ".") && !withoutRecipients.test(text));
}
