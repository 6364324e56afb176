// biome-ignore-all lint/style/noExcessiveLinesPerFile: one table, looked up and read as a whole
/**
 * What a caller may do about an error.
 *
 * - `never`: the same input fails the same way; fix the input first.
 * - `backoff`: a passing fault; try again with growing pauses.
 * - `ambiguous`: the provider may or may not have acted; the action's `dedupe` decides what happens next.
 */
export type RetryPolicy = "never" | "backoff" | "ambiguous";

interface ErrorEntry {
  /** HTTP status with which the API answers. */
  readonly status: number;
  readonly retry: RetryPolicy;
  readonly message: string;
  /** How to fix it, for whoever reads the error. */
  readonly fix: string;
}

/** Every error Wend reports, by its stable code. Codes are API: they are added, never renamed. */
export const errorTable = {
  "request.invalid_json": {
    status: 400,
    retry: "never",
    message: "What was sent is not valid JSON.",
    fix: "Send one JSON document in UTF-8: as the body, or URL-encoded as `input` of a GET.",
  },
  "request.invalid_field": {
    status: 400,
    retry: "never",
    message: "A field has the wrong type or value.",
    fix: "See `pointer` and `detail` for the field and what it must be.",
  },
  "request.missing_field": {
    status: 400,
    retry: "never",
    message: "A required field is missing.",
    fix: "Add the field that `pointer` names.",
  },
  "request.missing_id": {
    status: 400,
    retry: "never",
    message: "Neither userId nor anonymousId is given.",
    fix: "Send at least one of them as a non-empty string.",
  },
  "request.invalid_encoding": {
    status: 400,
    retry: "never",
    message: "What was sent is not valid UTF-8.",
    fix: "Encode the body as UTF-8; `pointer` names the text that is not, when it stands in one.",
  },
  "request.bad_text": {
    status: 400,
    retry: "never",
    message: "Text holds NUL or a lone surrogate, which no store can keep.",
    fix: "Remove the character from the field that `pointer` names.",
  },
  "request.forbidden_key": {
    status: 400,
    retry: "never",
    message: "A key named __proto__, constructor or prototype is refused.",
    fix: "Rename the key that `pointer` names.",
  },
  "request.unsafe_number": {
    status: 400,
    retry: "never",
    message: "A number cannot be kept exactly.",
    fix: "Send integers beyond ±(2^53-1) as strings, and only finite numbers.",
  },
  "request.too_deep": {
    status: 400,
    retry: "never",
    message: "The JSON is nested too deeply.",
    fix: "Nest at most 64 levels.",
  },
  "request.too_large": {
    status: 413,
    retry: "never",
    message: "The body is too large.",
    fix: "Split the batch: 512 KB a request, 32 KB an event.",
  },
  "request.unsupported_media_type": {
    status: 415,
    retry: "never",
    message: "The content type is not supported.",
    fix: "Send `content-type: application/json`.",
  },
  "request.unsupported_encoding": {
    status: 415,
    retry: "never",
    message: "The content encoding is not supported.",
    fix: "Send plain JSON, or gzip.",
  },
  "request.not_found": {
    status: 404,
    retry: "never",
    message: "No such path.",
    fix: "See the API reference for the paths there are.",
  },
  "request.method_not_allowed": {
    status: 405,
    retry: "never",
    message: "The path does not take this method.",
    fix: "Use one of the methods that the Allow header lists.",
  },
  "request.nothing_accepted": {
    status: 400,
    retry: "never",
    message: "No item of the batch was accepted.",
    fix: "Each entry of `rejected` names an item, its code and its pointer.",
  },
  "request.interrupted": {
    status: 400,
    retry: "backoff",
    message: "The body ended before it was complete.",
    fix: "Send the same request again.",
  },
  "auth.missing_key": {
    status: 401,
    retry: "never",
    message: "No API key was given.",
    fix: "Send it as a bearer token or as the Basic user name; an event may carry it as `writeKey` in its body.",
  },
  "auth.invalid_key": {
    status: 401,
    retry: "never",
    message: "The API key is not valid.",
    fix: "Check the key; create a new one if it was revoked or has expired.",
  },
  "auth.key_not_found": {
    status: 404,
    retry: "never",
    message: "No such API key.",
    fix: "Check the id.",
  },
  "auth.invalid_request": {
    status: 400,
    retry: "never",
    message: "The API key cannot be made like this.",
    fix: "See `problems`.",
  },
  "auth.forbidden": {
    status: 403,
    retry: "never",
    message: "The API key may not do this.",
    fix: "Use a key with the scope that `detail` names.",
  },
  "auth.pub_not_allowed": {
    status: 403,
    retry: "never",
    message: "A pub_ key may not send this.",
    fix: "Send it from a server with an srv_ key, or extend the key's allow list.",
  },
  "limit.overloaded": {
    status: 429,
    retry: "backoff",
    message: "Too many requests are under way.",
    fix: "Wait for Retry-After seconds and send the same request again.",
  },
  "store.unavailable": {
    status: 503,
    retry: "backoff",
    message: "The database cannot be reached.",
    fix: "Nothing was changed. Start the database, or correct DATABASE_URL; a request can be sent again after Retry-After seconds.",
  },
  "store.schema_newer": {
    status: 500,
    retry: "never",
    message: "The database schema is newer than this code.",
    fix: "Run the version of Wend that migrated it, or a later one.",
  },
  "store.schema_older": {
    status: 500,
    retry: "never",
    message: "The database schema is older than this code.",
    fix: "Run `wend migrate`.",
  },
  "store.refused": {
    status: 503,
    retry: "never",
    message: "The database refuses the login.",
    fix: "Check user, password and database name in DATABASE_URL.",
  },
  "store.role_missing": {
    status: 500,
    retry: "never",
    message: "The login may not create or take the roles wend_app and wend_router.",
    fix: "Run `wend migrate` with a login that has CREATEROLE, or let an administrator grant both roles to the login.",
  },
  "store.unsafe_role": {
    status: 500,
    retry: "never",
    message: "A database role of Wend may do more than it should.",
    fix: "Take SUPERUSER, BYPASSRLS, CREATEROLE and all memberships from the role that `detail` names.",
  },
  "store.locked": {
    status: 409,
    retry: "never",
    message: "Another Wend already runs on this data folder.",
    fix: "Stop it first, or choose another folder with WEND_DATA.",
  },
  "store.embedded_failed": {
    status: 500,
    retry: "never",
    message: "The embedded database did not start, or has ended.",
    fix: "See `detail` and postgres.log in the data folder, or set DATABASE_URL to a Postgres of your own.",
  },
  "queue.eviction_policy": {
    status: 500,
    retry: "never",
    message: "Redis evicts keys, so queued jobs could vanish.",
    fix: "Set maxmemory-policy to noeviction.",
  },
  "workspace.slug_taken": {
    status: 409,
    retry: "never",
    message: "Another workspace has that slug.",
    fix: "Choose another slug.",
  },
  "workspace.invalid": {
    status: 400,
    retry: "never",
    message: "The workspace cannot be made like this.",
    fix: "See `problems`.",
  },
  "workspace.not_found": {
    status: 404,
    retry: "never",
    message: "No such workspace.",
    fix: "Check the id or slug.",
  },
  "profile.not_found": {
    status: 404,
    retry: "never",
    message: "No such profile.",
    fix: "Check the id.",
  },
  "journey.not_found": {
    status: 404,
    retry: "never",
    message: "No such journey.",
    fix: "Check the id.",
  },
  "journey.invalid": {
    status: 400,
    retry: "never",
    message: "The journey definition has problems.",
    fix: "Each entry of `problems` names its path and how to fix it.",
  },
  "journey.wrong_state": {
    status: 409,
    retry: "never",
    message: "The journey is not in a state that allows this.",
    fix: "See `detail` for the state it is in and the states that allow it.",
  },
  "journey.key_taken": {
    status: 409,
    retry: "never",
    message: "Another journey of this workspace has that key.",
    fix: "Choose another key.",
  },
  "run.wrong_state": {
    status: 409,
    retry: "never",
    message: "The run is not in a state that allows this.",
    fix: "See `detail` for the state it is in and the one that allows it.",
  },
  "run.not_found": {
    status: 404,
    retry: "never",
    message: "No such run.",
    fix: "Check the id.",
  },
  "run.loop_limit": {
    status: 500,
    retry: "never",
    message: "The run visited too many nodes without a wait and was parked.",
    fix: "Add a delay to the loop, then retry the run.",
  },
  "run.node_failed": {
    status: 500,
    retry: "never",
    message: "A node of the run failed and the run was parked.",
    fix: "See the run's error, fix its cause, then retry the run.",
  },
  "run.held_limit": {
    status: 500,
    retry: "never",
    message: "More events came for the run than it may keep while paused or parked, and the run was parked.",
    fix: "Retry the run: it decides what it kept. What came later stands in the profile's timeline.",
  },
  "run.history_too_large": {
    status: 500,
    retry: "never",
    message: "The profile has more history than a predicate may read, and the run was parked.",
    fix: "Bound the predicate with `within`.",
  },
  "run.vars_too_large": {
    status: 500,
    retry: "never",
    message: "The run's vars are larger than a run may keep, and the run was parked.",
    fix: "Keep fewer events in vars, or smaller ones.",
  },
  "delivery.not_found": {
    status: 404,
    retry: "never",
    message: "No such delivery.",
    fix: "Check the id.",
  },
  "delivery.wrong_state": {
    status: 409,
    retry: "never",
    message: "The delivery is not in a state that allows this.",
    fix: "Only a delivery of unknown outcome is settled or resent; `deliveries.get` shows what became of it.",
  },
  "delivery.lease_lost": {
    status: 500,
    retry: "backoff",
    message: "The worker lost its lease before the call.",
    fix: "Nothing to do: the delivery is claimed again.",
  },
  "delivery.unknown_outcome": {
    status: 500,
    retry: "never",
    message: "The outcome of the call is unknown and the provider can neither dedupe nor be asked.",
    fix: "Ask the provider what became of it, then call `deliveries.settle` or `deliveries.resend`.",
  },
  "connection.not_found": {
    status: 404,
    retry: "never",
    message: "No such connection.",
    fix: "Check the id.",
  },
  "connection.key_taken": {
    status: 409,
    retry: "never",
    message: "Another connection of this workspace has that key.",
    fix: "Choose another key.",
  },
  "connection.invalid_config": {
    status: 400,
    retry: "never",
    message: "The connection's configuration does not parse.",
    fix: "Correct every field that `problems` points to, then send all of it again.",
  },
  "connection.secret_key_missing": {
    status: 500,
    retry: "never",
    message: "No key to encrypt secrets with is configured.",
    fix: "Set WEND_SECRET_KEY to 32 random bytes in base64.",
  },
  "connection.secret_key_wrong": {
    status: 500,
    retry: "never",
    message: "A stored secret cannot be opened.",
    fix: "Set WEND_SECRET_KEY to the key it was stored with, or store the secret again.",
  },
  "connection.blocked_address": {
    status: 400,
    retry: "never",
    message: "The host resolves to an address that connections may not reach.",
    fix: "Use a public host, or let the operator allow the range in WEND_ALLOW_PRIVATE.",
  },
  "suppression.key_unavailable": {
    status: 503,
    retry: "backoff",
    message: "The suppression list cannot be read or written without its key, so nothing is sent to an address.",
    fix: "Set WEND_SECRET_KEY, the same in every process, to the key that the list was begun with.",
  },
  "plugin.unknown": {
    status: 400,
    retry: "never",
    message: "No plugin of that id is registered.",
    fix: "Register the plugin at boot, or correct the id.",
  },
  "plugin.invalid": {
    status: 500,
    retry: "never",
    message: "A plugin does not fit the contract.",
    fix: "Each entry of `problems` names the plugin and the fault.",
  },
  "plugin.bad_output": {
    status: 502,
    retry: "ambiguous",
    message: "The plugin returned something its manifest does not allow.",
    fix: "Fix the plugin; see `detail`.",
  },
  "plugin.crashed": {
    status: 502,
    retry: "ambiguous",
    message: "The plugin threw an error without a code.",
    fix: "Check the configuration first. If it is right, fix the plugin: the log names the place where it threw.",
  },
  "plugin.timeout": {
    status: 504,
    retry: "ambiguous",
    message: "The plugin did not answer in time.",
    fix: "Check the provider, or raise the action's timeout.",
  },
  "content.invalid_template": {
    status: 400,
    retry: "never",
    message: "A template does not parse.",
    fix: "See `detail` for the line.",
  },
  "content.render_failed": {
    status: 422,
    retry: "never",
    message: "A template could not be rendered within its limits.",
    fix: "See `detail` for the limit or the variable.",
  },
  "content.aborted": {
    status: 422,
    retry: "never",
    message: "The template aborted its message.",
    fix: "Nothing to do: the delivery is suppressed.",
  },
  "address.invalid": {
    status: 422,
    retry: "never",
    message: "The address does not fit the grammar of its channel.",
    fix: "Correct the profile's address: exactly one, without display name, comma or line break.",
  },
  "input.invalid": {
    status: 422,
    retry: "never",
    message: "The rendered input does not fit the action.",
    fix: "See `problems` for the fields.",
  },
  "provider.rejected": {
    status: 422,
    retry: "never",
    message: "The provider refused it for good.",
    fix: "See `detail` for the provider's words.",
  },
  "provider.unauthorized": {
    status: 502,
    retry: "backoff",
    message: "The provider refused the credentials.",
    fix: "Correct the connection's secrets: its deliveries wait and are tried again, for up to a week each.",
  },
  "provider.rate_limited": {
    status: 429,
    retry: "backoff",
    message: "The provider asks to slow down.",
    fix: "Nothing to do: it is tried again when the provider says.",
  },
  "provider.unavailable": {
    status: 502,
    retry: "backoff",
    message: "The provider cannot be reached or is failing.",
    fix: "Nothing to do: it is tried again.",
  },
  "provider.unknown_outcome": {
    status: 502,
    retry: "ambiguous",
    message: "The connection was lost after the provider may have acted.",
    fix: "Nothing to do unless the delivery ends as unknown.",
  },
  "provider.answer_too_large": {
    status: 502,
    retry: "ambiguous",
    message: "The provider's answer is larger than 1 MB.",
    fix: "Check the address that is called: it answers with more than a receipt.",
  },
  "import.file_not_found": {
    status: 400,
    retry: "never",
    message: "The file cannot be read.",
    fix: "Check the path and its permissions.",
  },
  "import.unknown_map": {
    status: 400,
    retry: "never",
    message: "No mapping of that name.",
    fix: "Use one of the mappings that `detail` lists.",
  },
  "import.bad_row": {
    status: 400,
    retry: "never",
    message: "A row does not fit the mapping.",
    fix: "See `detail` for the line and the field.",
  },
  "import.invalid_map": {
    status: 400,
    retry: "never",
    message: "The mapping is not valid.",
    fix: "Each entry of `problems` names a field of the mapping and what it must be.",
  },
  "import.missing_column": {
    status: 400,
    retry: "never",
    message: "The file lacks a column that the mapping names.",
    fix: "See `detail` for both; change the mapping, or the file's first line.",
  },
  "import.map_changed": {
    status: 409,
    retry: "never",
    message: "An earlier import of this file used another mapping.",
    fix: "Import it with the earlier mapping: what is stored cannot be mapped again.",
  },
  "import.file_changed": {
    status: 409,
    retry: "never",
    message: "The file changed while it was read.",
    fix: "Import a file that nobody writes to any more.",
  },
  "import.running_elsewhere": {
    status: 409,
    retry: "never",
    message: "Another process imports this file.",
    fix: "Let it end; a second run goes on where the first one stopped.",
  },
  "import.rejects_unwritable": {
    status: 400,
    retry: "never",
    message: "The file of rejects cannot be written.",
    fix: "Name another one with `--rejects`.",
  },
  "import.nothing_accepted": {
    status: 400,
    retry: "never",
    message: "No row of the file fits the mapping.",
    fix: "See the file of rejects for the reasons.",
  },
  "import.replay_refused": {
    status: 409,
    retry: "never",
    message: "History is replayed only on a manual clock and through plugins that record.",
    fix: "Replay in a simulation. In production, history stays history: it starts no run and sends nothing.",
  },
  "env.invalid": {
    status: 500,
    retry: "never",
    message: "The environment is not valid.",
    fix: "Each entry of `problems` names a variable and what it must be.",
  },
  "http.port_in_use": {
    status: 409,
    retry: "never",
    message: "Another process listens on the port of the API.",
    fix: "Stop it, or choose another port with WEND_PORT.",
  },
  "http.cannot_listen": {
    status: 500,
    retry: "never",
    message: "The API cannot listen on this address.",
    fix: "Set WEND_HOST to an address of this machine, and WEND_PORT to a port that the account may open.",
  },
  "cli.usage": {
    status: 400,
    retry: "never",
    message: "The command line is not understood.",
    fix: "See `detail`; `wend --help` lists the commands.",
  },
  "internal.unexpected": {
    status: 500,
    retry: "backoff",
    message: "An unexpected error.",
    fix: "Report it with the request id; the log has the cause.",
  },
} as const satisfies Record<string, ErrorEntry>;

/** The closed set of error codes. */
export type ErrorCode = keyof typeof errorTable;
