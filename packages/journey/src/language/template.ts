/** Text with Liquid in it: what it says is known only once it is rendered. */
export type Template = `${string}{{${string}` | `${string}{%${string}`;

/** A template that is one `{{ … }}` and nothing else. In a field of kind `json` it keeps the type of its value. */
export type ValueTemplate = `{{${string}}}`;

export const isTemplate = (value: unknown): value is Template =>
  typeof value === "string" && (value.includes("{{") || value.includes("{%"));

export const isValueTemplate = (value: unknown): value is ValueTemplate =>
  typeof value === "string" && value.startsWith("{{") && value.endsWith("}}");
