import { mkdir, writeFile } from "node:fs/promises";
import { renderApiReference } from "./reference/api-reference.ts";
import { renderErrorReference } from "./reference/error-reference.ts";

const folder = new URL("../../../docs/reference/", import.meta.url);

await mkdir(folder, { recursive: true });
await writeFile(new URL("api.md", folder), await renderApiReference());
await writeFile(new URL("errors.md", folder), renderErrorReference());
