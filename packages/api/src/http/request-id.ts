import { randomBytes } from "node:crypto";

const process = randomBytes(6).toString("hex");
const given = /^[\w.:-]{1,100}$/;
let count = 0;

/** The id under which a request is logged and answered: the caller's own, if it is a decent one. */
export function requestIdOf(header: string | undefined): string {
  return header !== undefined && given.test(header) ? header : `${process}-${(++count).toString(36)}`;
}
