import { bytes, instant, int, json, orNull, text, uuid } from "./column.ts";

/** What comes in through connections, and what their plugins keep. */
export const incoming = {
  webhook_nonces: {
    workspace_id: int,
    connection_id: uuid,
    nonce: bytes,
    request: uuid,
    at: instant,
  },
  untimed_webhook_nonces: {
    workspace_id: int,
    connection_id: uuid,
    nonce: bytes,
    request: uuid,
    at: instant,
  },
  parked_facts: {
    workspace_id: int,
    connection_id: uuid,
    id: text,
    fact: json,
    parked_at: instant,
    look_at: instant,
  },
  connection_state: {
    workspace_id: int,
    connection_id: uuid,
    key: text,
    value: text,
    updated_at: instant,
  },
  polls: {
    workspace_id: int,
    connection_id: uuid,
    cursor: orNull(text),
    due_at: instant,
    claim: int,
    error: orNull(json),
  },
  blobs: {
    workspace_id: int,
    id: text,
    name: text,
    content_type: text,
    bytes,
    created_at: instant,
  },
};
