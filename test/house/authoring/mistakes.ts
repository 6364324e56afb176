const start = `import { createAuthoring } from "@wend/journey";
import { manifest as hubspot } from "@wend/crm-hubspot/manifest";
import { manifest as smtp } from "@wend/email-smtp/manifest";
import { manifest as webhook } from "@wend/webhook/manifest";
const { defineJourney } = createAuthoring({ connections: { mail: smtp, crm: hubspot, hook: webhook } });
`;

/** A journey with one node to get wrong. */
const journey = (node: string, first = "hello") => `${start}export const journey = defineJourney({
  name: "Hello",
  timeZone: "UTC",
  triggers: [{ type: "event", event: "Signed Up" }],
  start: "${first}",
  nodes: {
    hello: {
${node.replace(/^/gm, "      ")}
    },
    bye: { type: "end", outcome: "done" },
  },
});
`;

const send = (parts: string, rest = 'outcome: { policy: "continue" },\nnext: "bye",') =>
  journey(`type: "send",\n${parts}\n${rest}`);

const task = (parts: string) =>
  send(`connection: "crm",
action: "createTask",
input: {
  contact: "{{ profile.email }}",
  subject: "Call",
  dueAt: "{{ event.properties.callBy }}",
${parts}
},`);

const hello = 'input: { subject: "Hello", text: "Hello" },';

export interface Mistake {
  readonly code: string;
  /** The text of the line to which the compiler has to point. */
  readonly at: string;
  /** How its message begins, or ends. */
  readonly says: string;
}

/** What an author can get wrong, and what the compiler makes of it. */
export const mistakes: { readonly [name: string]: Mistake } = {
  "an unknown connection": {
    code: send(`connection: "mial",\naction: "send",\n${hello}`),
    at: 'connection: "mial",',
    says: `Type '"mial"' is not assignable to type '"mail"'.`,
  },
  "an unknown connection whose action several have": {
    code: send('connection: "mial",\naction: "post",\ninput: { body: 1 },').replaceAll("crm: hubspot", "log: webhook"),
    at: 'connection: "mial",',
    says: `Type '"mial"' is not assignable to type '"hook" | "log"'.`,
  },
  "an unknown action": {
    code: send(`connection: "mail",\naction: "sned",\n${hello}`),
    at: 'action: "sned",',
    says: `Type '"sned"' is not assignable to type '"send"'.`,
  },
  "an unknown action of several": {
    code: send('connection: "crm",\naction: "upsert",\ninput: { contact: "{{ profile.email }}" },'),
    at: 'action: "upsert",',
    says: `Type '"upsert"' is not assignable to type '"createTask" | "dealNote" | "enrol" | "upsertCompany" | "upsertContact"'.`,
  },
  "a wrong key": {
    code: send('connection: "mail",\naction: "send",\ninput: {\n  sbject: "Hello",\n  text: "Hello",\n},'),
    at: 'sbject: "Hello",',
    says: "Did you mean to write 'subject'?",
  },
  "a key too many": {
    code: send(
      'connection: "mail",\naction: "send",\ninput: {\n  subject: "Hello",\n  text: "Hello",\n  to: "a@b.c",\n},',
    ),
    at: 'to: "a@b.c",',
    says: "Object literal may only specify known properties, and 'to' does not exist in type 'Input<{ subject: string;",
  },
  "a wrong key further down": {
    code: send(
      'connection: "mail",\naction: "send",\ninput: {\n  subject: "Hello",\n  attachments: [{ bolb: "logo" }],\n},',
    ),
    at: 'attachments: [{ bolb: "logo" }],',
    says: "Object literal may only specify known properties, and 'bolb' does not exist in type '{ readonly blob: string;",
  },
  "a missing key": {
    code: send('connection: "mail",\naction: "send",\ninput: { text: "Hello" },'),
    at: 'input: { text: "Hello" },',
    says: "Property 'subject' is missing in type '{ text: string; }' but required in type 'Input<{ subject: string;",
  },
  "a value of another type": {
    code: send('connection: "mail",\naction: "send",\ninput: {\n  subject: 1,\n  text: "Hello",\n},'),
    at: "subject: 1,",
    says: "Type 'number' is not assignable to type 'string'.",
  },
  "a reference, which an input does not know": {
    code: send('connection: "mail",\naction: "send",\ninput: {\n  subject: { ref: "profile.name" },\n},'),
    at: 'subject: { ref: "profile.name" },',
    says: "Type '{ ref: string; }' is not assignable to type 'string'.",
  },
  "none of the few words": {
    code: task('  priority: "URGENT",'),
    at: 'priority: "URGENT",',
    says: `Type '"URGENT"' is not assignable to type '"HIGH" | "LOW" | "MEDIUM" | undefined'.`,
  },
  "a template in a field that is not rendered": {
    code: task('  priority: "{{ profile.priority }}",'),
    at: 'priority: "{{ profile.priority }}",',
    says: `Type '"{{ profile.priority }}"' is not assignable to type '"HIGH" | "LOW" | "MEDIUM" | undefined'.`,
  },
  "a missing outcome": {
    code: send(`connection: "mail",\naction: "send",\n${hello}`, 'next: "bye",'),
    at: "hello: {",
    says: 'Property \'outcome\' is missing in type \'{ type: "send"; connection: "mail"; action: "send";',
  },
  "an edge to no node": {
    code: send(`connection: "mail",\naction: "send",\n${hello}`, 'outcome: { policy: "continue" },\nnext: "by",'),
    at: 'next: "by",',
    says: `Type '"by"' is not assignable to type '"bye" | "hello"'.`,
  },
  "a start at no node": {
    code: journey('type: "delay",\nfor: "PT1H",\nnext: "bye",', "helo"),
    at: 'start: "helo",',
    says: `Type '"helo"' is not assignable to type '"bye" | "hello"'.`,
  },
  "a node of no kind": {
    code: journey('type: "sned",\nnext: "bye",'),
    at: 'type: "sned",',
    says: `Type '"sned"' is not assignable to type '"delay" | "end" | "randomSplit" | "send" |`,
  },
};
