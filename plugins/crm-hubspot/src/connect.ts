import type { ActionCall, LookupResult, PluginHost } from "@wend/plugin";
import type { z } from "zod";
import { check } from "./check.ts";
import { createClient } from "./client.ts";
import type { Config } from "./config.ts";
import { alone, createContacts } from "./contacts.ts";
import { findByKey } from "./create-once.ts";
import { createTask } from "./create-task.ts";
import { dealNote } from "./deal-note.ts";
import type { manifest } from "./manifest.ts";
import { poll } from "./poll/poll.ts";
import { receive } from "./receive/receive.ts";
import { createSubjects } from "./subjects.ts";
import { upsertCompany } from "./upsert-company.ts";

type Actions = typeof manifest.actions;
type Call<Name extends keyof Actions> = ActionCall<z.infer<Actions[Name]["input"]>>;

export async function connectHubspot(config: Config, host: PluginHost) {
  const client = createClient(config, host);
  const contacts = createContacts(client, config.contactKey);
  const connection = { client, config, host, subjects: createSubjects(client, config) };
  return {
    actions: {
      upsertContact: (call: Call<"upsertContact">) => alone(contacts.upsert, call),
      upsertCompany: (call: Call<"upsertCompany">) => upsertCompany(client, call),
      dealNote: (call: Call<"dealNote">) => dealNote(client, host.now(), call),
      createTask: (call: Call<"createTask">) => createTask(client, config.contactKey, call),
      enrol: (call: Call<"enrol">) => alone(contacts.enrol, call),
    },
    batches: { upsertContact: contacts.upsert, enrol: contacts.enrol },
    lookup: async (key: string, action: string, signal: AbortSignal): Promise<LookupResult> => {
      const [object, kind] = action === "createTask" ? (["tasks", "task"] as const) : (["notes", "note"] as const);
      const id = await findByKey(client, { object, key, signal });
      return id === undefined ? { outcome: "absent" } : { outcome: "accepted", providerId: `${kind}:${id}` };
    },
    check: (signal: AbortSignal) => check(client, config, signal),
    receive: (request: Parameters<typeof receive>[1]) => receive(connection, request),
    poll: (cursor: string | null, signal: AbortSignal) => poll(connection, cursor, signal),
  };
}
