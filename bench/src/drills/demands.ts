import type { Demand } from "../report.ts";

export const none = (...fields: string[]): Demand[] => fields.map((field) => ({ field, atMost: 0 }));
export const some = (...fields: string[]): Demand[] => fields.map((field) => ({ field, atLeast: 1 }));
