const contradiction = '        - oneOf:\n            - $ref: "#/components/schemas/booleanFlag"\n';

/**
 * OFREP's own specification, corrected where it contradicts itself: a flag has to fit exactly one of the kinds of value,
 * but the kind without a value forbids none, and an integer is a float too.
 */
export function judgedSpec(yaml: string): string {
  const parts = yaml.split(contradiction);
  if (parts.length !== 2) throw new Error("the kinds of value stand elsewhere in the specification");
  return parts.join(contradiction.replace("oneOf", "anyOf"));
}
