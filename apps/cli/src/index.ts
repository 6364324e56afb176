export type { ImportJob, ImportResult } from "./import/import-file.ts";
export { importFile } from "./import/import-file.ts";
export type { LoadedMap } from "./import/load-map.ts";
export { loadMap } from "./import/load-map.ts";
