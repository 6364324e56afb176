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
  "manifest.unknown_field": {
    message: "There is no such field.",
    fix: "Correct its name, or leave it out: what nobody reads does nothing.",
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
  "manifest.bad_address_only": {
    message: "`addressOnly` is true or false, and true only of an action with an `address`.",
    fix: "Declare the `address` that the action needs, or leave `addressOnly` out.",
  },
  "manifest.bad_dedupe": {
    message: "What makes a repeated call safe is missing, or not written as it must be.",
    fix: "Declare `dedupe` by key, lookup, natural or none, with its times in whole milliseconds.",
  },
  "manifest.bad_template": {
    message: "A template does not fit the field of `input` that it fills.",
    fix: "text, html and mjml need a text field, json a field that takes text, objects or lists.",
  },
  "manifest.bad_limit": {
    message: "A rate or a timeout is out of its range.",
    fix: "Give `rateLimit.perSecond` above 0, and `timeoutMs` from 1 to 600000.",
  },
  "manifest.bad_batch": {
    message: "The size of a batch is a whole number from 1 to 1000.",
    fix: "Give `batch.size` what one call to the provider takes, or leave `batch` out.",
  },
  "manifest.bad_keeps_output": {
    message: "`keepsOutput` is true or false.",
    fix: "Say true where the host keeps what the handler returned, or leave `keepsOutput` out.",
  },
  "manifest.bad_events": {
    message: "`events` is a list of kinds of receipt, each once.",
    fix: "Name the kinds that the provider tells of: `delivered`, `bounced`.",
  },
  "manifest.bad_signal": {
    message: "A signal is an object with `title` and `data`.",
    fix: "Write `signals` as an object: by the name of the event, what has happened and its properties.",
  },
  "manifest.bad_signal_name": {
    message: "A signal's name has 1 to 200 characters and does not begin with `$`.",
    fix: "Name it like the event that it becomes: `Ticket Solved`.",
  },
  "manifest.bad_poll": {
    message: "`poll.everyMs` is a whole number from 1000 to 86400000.",
    fix: "Give the milliseconds between two questions, or leave `poll` out.",
  },
  "connection.not_an_object": {
    message: "connect() resolves to an object.",
    fix: "Return `{ actions }` from connect().",
  },
  "connection.unknown_field": {
    message: "A connection has no such method.",
    fix: "Correct its name, or leave it out: what nobody calls does nothing.",
  },
  "connection.no_handler": {
    message: "An action has no handler.",
    fix: "Add it to the `actions` that connect() returns.",
  },
  "connection.no_lookup": {
    message: "An action declares dedupe by lookup, and the connection has no lookup().",
    fix: "Return a `lookup` from connect(), or declare another dedupe.",
  },
  "connection.no_batch_handler": {
    message: "An action declares batch and has no handler in batches.",
    fix: "Add it to the `batches` that connect() returns, or leave `batch` out of the action.",
  },
  "connection.batch_undeclared": {
    message: "A handler in batches is for an action that declares no batch.",
    fix: "Declare `batch: { size }` on the action, or leave the handler out.",
  },
  "connection.no_receiver": {
    message: "The manifest declares events or signals, and the connection has none of receive(), poll() and serve().",
    fix: "Return one of them from connect(), or leave `events` and `signals` out.",
  },
  "connection.no_poll": {
    message: "The manifest declares poll, and the connection has no poll().",
    fix: "Return a `poll` from connect(), or leave `poll` out of the manifest.",
  },
  "connection.poll_undeclared": {
    message: "The connection has a poll(), and the manifest does not say how often to ask.",
    fix: "Declare `poll: { everyMs }` in the manifest, or leave poll() out.",
  },
  "connection.not_a_method": {
    message: "lookup, receive, poll, serve, preview, check and close are functions.",
    fix: "Return a function, or leave the field out.",
  },
} as const satisfies Record<string, ProblemEntry>;

/** The closed set of codes. */
export type PluginProblemCode = keyof typeof pluginProblemTable;
