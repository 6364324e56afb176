/** Every value of a property is a text to HubSpot. */
export function toTexts(properties: { readonly [name: string]: string | number | boolean }): Record<string, string> {
  return Object.fromEntries(Object.entries(properties).map(([name, value]) => [name, String(value)]));
}
