import { enableCompileCache } from "node:module";

// Every process of a drill begins here: compiling anew costs a killed worker's successor half of its start.
enableCompileCache();
await import(process.argv[2]!);
