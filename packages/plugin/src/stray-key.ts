/** The keys of a type, of any member if it is a union, that another does not have. Nothing is strayed into `any`. */
export type StrayKey<Given, Known> = Given extends object
  ? string extends keyof Given
    ? never
    : Exclude<keyof Given & string, KeyOf<Known>>
  : never;

/** Of a union, the keys of any of its members. */
export type KeyOf<Type> = Type extends unknown ? keyof Type : never;
