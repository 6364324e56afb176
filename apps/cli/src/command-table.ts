/** An option: `parseArgs` reads its type and default, the help text all of it. */
export interface Option {
  readonly type: "string" | "boolean";
  readonly default?: string | boolean;
  readonly multiple?: boolean;
  /** What stands for its value in the help text. */
  readonly value?: string;
  readonly help: string;
  /** What holds without it, where that is no fixed value. */
  readonly otherwise?: string;
}

/** What a command takes: the parser and the help text follow it alike. */
export interface CommandLine {
  /** One line for the list of commands. */
  readonly title: string;
  /** What it takes besides options. */
  readonly operand?: string;
  readonly options: Readonly<Record<string, Option>>;
  /** The words after the command. */
  readonly example: readonly string[];
  readonly note?: string;
}

const workspace = { type: "string", default: "main", value: "slug|id", help: "the workspace" } as const;

/** Every command that there is. */
export const commandTable = {
  up: {
    title: "serve the API and all workers until stopped",
    options: {},
    example: [],
    note: "WEND_HOST (127.0.0.1), WEND_PORT (4400), WEND_PUBLIC_URL, WEND_PLUGINS, WEND_DATA (.wend) and the others of docs/operations.md configure it.",
  },
  demo: {
    title: "send 1,000 customers through a journey and show it",
    options: {
      profiles: { type: "string", default: "1000", value: "n", help: "how many customers, at least 10" },
      keep: { type: "boolean", default: false, help: "goes on serving afterwards, until stopped" },
    },
    example: ["--profiles", "200", "--keep"],
  },
  migrate: {
    title: "bring the database to this version's schema",
    options: {},
    example: [],
    note: "It works on DATABASE_OWNER_URL, else DATABASE_URL; the embedded database migrates itself.",
  },
  reseal: {
    title: "seal every stored secret with the present WEND_SECRET_KEY",
    options: {},
    example: [],
    note: "WEND_SECRET_KEY_PREVIOUS names the keys before; docs/operations.md tells the order. Stop `wend up` first on the embedded database.",
  },
  import: {
    title: "store a file's events as history",
    operand: "<file>",
    options: {
      map: {
        type: "string",
        value: "name|file",
        help: "what its columns mean: cdnow, or a .json file",
        otherwise: "needed",
      },
      workspace: { ...workspace, help: "the workspace, made when `main` is not there" },
      rejects: {
        type: "string",
        value: "file",
        help: "where the rows go that do not fit",
        otherwise: "<file>.rejects.ndjson, here",
      },
      "dry-run": { type: "boolean", default: false, help: "reads all of it and stores nothing" },
      replay: { type: "boolean", default: false, help: "plays the events through the journeys, in simulations only" },
    },
    example: ["orders.csv", "--map", "orders.json", "--dry-run"],
    note: "docs/import.md describes the mapping.",
  },
  key: {
    title: "create an API key",
    options: {
      workspace,
      kind: { type: "string", default: "srv", value: "srv|pub", help: "for a server, or for pages and apps" },
      name: { type: "string", default: "cli", value: "text", help: "by which people know it" },
      scope: {
        type: "string",
        multiple: true,
        value: "scope",
        help: "what it may do",
        otherwise: "* for srv, ingest for pub",
      },
      "allow-event": {
        type: "string",
        multiple: true,
        value: "event",
        help: "a pub key may send it",
        otherwise: "none",
      },
      "allow-trait": {
        type: "string",
        multiple: true,
        value: "trait",
        help: "a pub key may set it",
        otherwise: "none",
      },
    },
    example: ["--kind", "pub", "--allow-event", "Signed Up"],
    note: "Stop `wend up` first on the embedded database. `wend key revoke` ends a key.",
  },
  "key revoke": {
    title: "revoke an API key",
    operand: "<id or key>",
    options: { workspace },
    example: ["01890a5d-ac96-774b-bcce-b302099a8057", "--workspace", "main"],
  },
  "plugin new": {
    title: "make a folder with a plugin whose tests pass",
    operand: "<folder>",
    options: {
      id: {
        type: "string",
        value: "id",
        help: "the plugin's id: lower case letters, digits and dashes",
        otherwise: "the folder's name",
      },
    },
    example: ["sms-acme"],
    note: "docs/plugins.md leads on from there.",
  },
  "plugin check": {
    title: "run a plugin's tests, those of the contract among them",
    operand: "[folder]",
    options: {},
    example: ["sms-acme"],
    note: "It runs the vitest that the folder has installed, and fails unless a test runs testPlugin().",
  },
} as const satisfies Readonly<Record<string, CommandLine>>;

export type CommandName = keyof typeof commandTable;
