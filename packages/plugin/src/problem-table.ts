interface ProblemEntry {
  readonly message: string;
  /** How to fix it, for whoever writes the plugin. */
  readonly fix: string;
}

/** Every fault that a plugin's manifest or connection can have, by its stable code. Codes are added, never renamed. */
export const pluginProblemTable = {
  "manifest.not_an_object": {
    message: "A manifest is an object.",
    fix: "Make the manifest with `defineManifest`.",
  },
  "manifest.bad_id": {
    message: "An id is at most 64 lower case letters, digits and single dashes, and starts with a letter.",
    fix: "Name the channel and the provider: `email-smtp`.",
  },
  "manifest.bad_version": {
    message: "A version is semantic: `1.4.0`.",
    fix: "Write three numbers with dots between them; a pre-release may follow.",
  },
  "manifest.wrong_contract": {
    message: "The plugin was written for another contract than this Wend speaks.",
    fix: "Use a version of the plugin written for this contract.",
  },
  "manifest.bad_schema": {
    message: "A schema is missing or is not one of zod.",
    fix: "Write `config` and every `input` as a zod object, and every `output` as a zod schema.",
  },
  "manifest.bad_secrets": {
    message: "`secrets` is a list of the text fields of `config` to keep encrypted.",
    fix: "Name text fields that `config` has.",
  },
  "manifest.no_actions": {
    message: "A plugin has at least one action.",
    fix: "Add one to `actions`.",
  },
  "manifest.bad_action_name": {
    message: "An action's name is letters and digits, starts with a lower case letter, and has at most 64 of them.",
    fix: "Name what the action does: `send`, `openTicket`.",
  },
  "manifest.bad_action": {
    message: "An action is an object.",
    fix: "Make the action with `defineAction`.",
  },
  "manifest.bad_title": {
    message: "A title is one sentence.",
    fix: "Say in it what the action does.",
  },
  "manifest.bad_channel": {
    message: "A channel is at most 32 lower case letters, digits and dashes, and starts with a letter.",
    fix: "Name what reaches the customer: `email`.",
  },
  "manifest.bad_purpose": {
    message: "A purpose is promotional, transactional or mandatory.",
    fix: "Choose the one that the action is for unless a journey says otherwise.",
  },
  "manifest.bad_address": {
    message: "The address is of an unknown kind.",
    fix: "Choose email, phone, push, crm or support, or leave `address` out.",
  },
  "manifest.bad_dedupe": {
    message: "What makes a repeated call safe is missing, or not written as it must be.",
    fix: "Declare `dedupe` by key, lookup, natural or none, with its times in whole milliseconds.",
  },
  "manifest.bad_template": {
    message: "A template does not fit the field of `input` that it fills.",
    fix: "text and html need a text field, json a field that takes text, objects or lists.",
  },
  "manifest.bad_limit": {
    message: "A rate or a timeout is out of its range.",
    fix: "Give `rateLimit.perSecond` above 0, and `timeoutMs` from 1 to 600000.",
  },
  "connection.not_an_object": {
    message: "connect() resolves to an object.",
    fix: "Return `{ actions }` from connect().",
  },
  "connection.no_handler": {
    message: "An action has no handler.",
    fix: "Add it to the `actions` that connect() returns.",
  },
  "connection.no_lookup": {
    message: "An action declares dedupe by lookup, and the connection has no lookup().",
    fix: "Return a `lookup` from connect(), or declare another dedupe.",
  },
  "connection.not_a_method": {
    message: "lookup, check and close are functions.",
    fix: "Return a function, or leave the field out.",
  },
} as const satisfies Record<string, ProblemEntry>;

/** The closed set of codes. */
export type PluginProblemCode = keyof typeof pluginProblemTable;
