const escapes: { readonly [character: string]: string } = { "&": "&amp;", "<": "&lt;", ">": "&gt;" };

/** What Twilio does once it has told us of a message: sends the text back, or nothing. */
export function replyTwiml(text?: string): { readonly contentType: string; readonly body: string } {
  const message = text === undefined ? "" : `<Message>${escaped(text)}</Message>`;
  return { contentType: "text/xml", body: `<?xml version="1.0" encoding="UTF-8"?><Response>${message}</Response>` };
}

function escaped(text: string): string {
  return text.replaceAll(/[&<>]/g, (character) => escapes[character]!);
}
