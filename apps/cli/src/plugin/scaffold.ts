import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { WendError } from "@wend/plugin";

const template = resolve(import.meta.dirname, "../../templates/plugin");

/** Writes the template under another id. Throws `cli.folder_not_empty`, and then nothing was written. */
export async function scaffoldPlugin(folder: string, id: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  if ((await readdir(folder)).length > 0) throw new WendError("cli.folder_not_empty", { detail: folder });
  const entries = await readdir(template, { recursive: true, withFileTypes: true });
  const inside = (path: string) => path.slice(template.length + 1);
  const files = entries.filter((entry) => entry.isFile()).map((entry) => inside(join(entry.parentPath, entry.name)));
  // What the template's own folder may hold besides: nothing that was installed or built there.
  for (const file of files.filter((path) => !/^(?:node_modules|dist)\//.test(path))) {
    const target = join(folder, file);
    await mkdir(dirname(target), { recursive: true });
    await writeFile(target, renamed(await readFile(join(template, file), "utf8"), id));
  }
}

const pascal = (id: string): string => id.replaceAll(/(?:^|-)([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());

// The template is called "sample" in the places that name it, and nowhere else.
const renamed = (text: string, id: string): string =>
  text
    .replaceAll("wend-plugin-sample", `wend-plugin-${id}`)
    .replaceAll("connectSample", `connect${pascal(id)}`)
    .replaceAll('id: "sample"', `id: "${id}"`);
