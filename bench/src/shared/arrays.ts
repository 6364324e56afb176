// Array literals for `unnest($1::uuid[], …)`, as quick to make as the product's own: a peer must not lose by its driver.

type Value = string | number;

/** For arrays whose values never need quotes. */
export const plainArray = (values: readonly Value[]): string => `{${values.join(",")}}`;

/** For text[] and jsonb[]. */
export const textArray = (values: readonly string[]): string => `{${values.map(quoted).join(",")}}`;

const special = /["\\]/;
const specials = /["\\]/g;
const quoted = (value: string): string => `"${special.test(value) ? value.replace(specials, "\\$&") : value}"`;
