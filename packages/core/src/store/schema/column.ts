/** A column as the catalogue has it, and the type its values are read as. */
export interface Column<T> {
  readonly type: string;
  readonly nullable: boolean;
  /** Only for the compiler. */
  readonly read?: T;
}

export type Table = Readonly<Record<string, Column<unknown>>>;

const column = <T>(type: string): Column<T> => ({ type, nullable: false });

/** The same column where it may be null. */
export const orNull = <T>({ type }: Column<T>): Column<T | null> => ({ type, nullable: true });

export const int = column<number>("int4");
export const small = column<number>("int2");
export const big = column<number>("int8");
export const bool = column<boolean>("bool");
export const text = column<string>("text");
export const texts = column<string[]>("_text");
export const uuid = column<string>("uuid");
export const bytes = column<Buffer>("bytea");
/** Milliseconds since the epoch. */
export const instant = column<number>("timestamptz");
export const json = column<unknown>("jsonb");
