import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { basename } from "node:path";
import { parseWholeJson } from "@wend/core";
import { jsonPointer, WendError } from "@wend/plugin";
import type { z } from "zod";
import type { ImportMap } from "./map.ts";
import { importMap } from "./map.ts";
import cdnow from "./maps/cdnow.json" with { type: "json" };

const builtIn: Readonly<Record<string, unknown>> = { cdnow };

export interface LoadedMap {
  /** Its name and the hash of what it says: a changed mapping is another one. */
  readonly fingerprint: string;
  readonly map: ImportMap;
}

/** The built-in mapping of that name, or the one in that JSON file. Throws `import.unknown_map`, `import.invalid_map`. */
export async function loadMap(nameOrFile: string): Promise<LoadedMap> {
  if (Object.hasOwn(builtIn, nameOrFile)) return parseMap(nameOrFile, builtIn[nameOrFile]);
  if (!nameOrFile.endsWith(".json")) {
    const detail = `There is no ${nameOrFile}; there is ${Object.keys(builtIn).join(", ")}, or name a .json file.`;
    throw new WendError("import.unknown_map", { detail });
  }
  return parseMap(basename(nameOrFile, ".json"), await readJson(nameOrFile));
}

async function readJson(file: string): Promise<unknown> {
  const bytes = await readFile(file).catch((cause: unknown) => {
    throw new WendError("import.unknown_map", { detail: `${file} cannot be read.`, cause });
  });
  try {
    return parseWholeJson(bytes);
  } catch (cause) {
    if (!(cause instanceof WendError)) throw cause;
    throw new WendError("import.invalid_map", { detail: `${file}: ${cause.message}`, cause });
  }
}

function parseMap(name: string, written: unknown): LoadedMap {
  const result = importMap.safeParse(written);
  if (!result.success) {
    throw new WendError("import.invalid_map", { detail: name, problems: result.error.issues.map(toProblem) });
  }
  const hash = createHash("sha256").update(JSON.stringify(result.data)).digest("hex").slice(0, 16);
  return { map: result.data, fingerprint: `${name}#${hash}` };
}

const toProblem = (issue: z.core.$ZodIssue) => ({
  code: "import.invalid_map",
  pointer: jsonPointer(issue.path),
  message: issue.message,
});
