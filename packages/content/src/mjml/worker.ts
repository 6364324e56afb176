import { parentPort } from "node:worker_threads";

/** What the thread says of one document. */
export type Composed = { readonly html: string } | { readonly faults: readonly MjmlFault[] };

/** What is wrong with a document; `line` and `tag` where MJML names them. */
export interface MjmlFault {
  readonly message: string;
  readonly line?: number;
  readonly tag?: string;
}

// While it loads, mjml looks for a .mjmlconfig in the working folder and runs the components that it names.
process.cwd = () => import.meta.dirname;
const { default: mjml2html } = await import("mjml");

parentPort?.on("message", async (text: string) => {
  parentPort?.postMessage(await compose(text));
});
parentPort?.postMessage("ready");

async function compose(text: string): Promise<Composed> {
  try {
    const { html } = await mjml2html(text, { validationLevel: "strict", keepComments: false, ignoreIncludes: true });
    return { html };
  } catch (error) {
    return { faults: faultsOf(error) };
  }
}

interface ValidationFault {
  readonly line?: number;
  readonly message: string;
  readonly tagName?: string;
}

function faultsOf(error: unknown): MjmlFault[] {
  const { errors = [], message = String(error) } = error as { errors?: ValidationFault[]; message?: string };
  if (errors.length === 0) return [{ message }];
  return errors.slice(0, 10).map(({ line, tagName, message: said }) => ({
    message: said,
    ...(line !== undefined && { line }),
    ...(tagName !== undefined && { tag: tagName }),
  }));
}
