import { checkInput, renderInput } from "@wend/content";

const input = { subject: "Hi {{ profile.firstName }}", body: { total: "{{ event.properties.total }}" }, mode: "now" };
const templates = { subject: "text", body: "json" } as const;

export const problems = checkInput(input, templates);

export const rendered = renderInput(input, templates, {
  profile: { firstName: "Ann" },
  event: { name: "Order Completed", properties: { total: 12.5 } },
  vars: {},
});
// { subject: "Hi Ann", body: { total: 12.5 }, mode: "now" }
