import type { PostedMail } from "./posted-mail.ts";
import { postedMail } from "./posted-mail.ts";

/** One of the `errors` of an answer. */
export interface Fault {
  readonly message: string;
  readonly field: string | null;
  readonly help: string | null;
}

const reserved = new Set([
  "x-sg-id",
  "x-sg-eid",
  "received",
  "dkim-signature",
  "content-type",
  "content-transfer-encoding",
  "to",
  "from",
  "subject",
  "reply-to",
  "cc",
  "bcc",
]);

const help = "http://sendgrid.com/docs/API_Reference/Web_API_v3/Mail/errors.html#message";
const fault = (field: string | null, message: string): Fault => ({
  message,
  field,
  help: field && `${help}.${field.replace(/\.\d+/g, "")}`,
});

const isAddress = (text: string) => /^[^\s@<>,]+@[^\s@<>,]+\.[^\s@<>,]+$/.test(text);

/** A body that fits, or what SendGrid says of it: by its own words, with the address in them. */
export function readPosted(body: unknown): PostedMail | readonly Fault[] {
  const { data, error } = postedMail.safeParse(body);
  if (error) return error.issues.map(({ path, message }) => fault(path.join("."), message));
  const faults = findFaults(data);
  return faults.length === 0 ? data : faults;
}

function findFaults({ personalizations, from, content, headers = {}, subject }: PostedMail): Fault[] {
  const recipients = personalizations.flatMap(({ to }, i) =>
    to.map(({ email }, j) => ({ email, field: `personalizations.${i}.to.${j}.email` })),
  );
  const [plain, ...later] = content.map(({ type }) => type);
  const argBytes = Buffer.byteLength(JSON.stringify(personalizations.map(({ custom_args }) => custom_args ?? {})));
  return [
    ...recipients
      .filter(({ email }) => !isAddress(email))
      .map(({ email, field }) => fault(field, `Does not contain a valid address: ${email}`)),
    ...(isAddress(from.email) ? [] : [fault("from.email", `The from email does not contain a valid address.`)]),
    ...(plain !== "text/plain" && later.includes("text/plain")
      ? [fault("content", "If present, text/plain needs to be first, followed by text/html.")]
      : []),
    ...Object.keys(headers)
      .filter((name) => reserved.has(name.toLowerCase()))
      .map((name) => fault("headers", `The header ${name} is reserved.`)),
    ...(argBytes > 10_000 ? [fault("custom_args", "Custom arguments may not exceed 10,000 bytes.")] : []),
    ...(/[\r\n]/.test(subject) ? [fault("subject", "The subject can not contain line breaks.")] : []),
  ];
}
