/**
 * What a mail that SendGrid did not even try to deliver says of its address, by the reason it gives: that it bounced,
 * that its owner called mail of the account spam, that they want no more of it. Any other reason is about the mail.
 */
export const dropReasons: { readonly [reason: string]: "bounced" | "complained" | "unsubscribed" } = {
  "Bounced Address": "bounced",
  Invalid: "bounced",
  "Spam Reporting Address": "complained",
  "Unsubscribed Address": "unsubscribed",
};
