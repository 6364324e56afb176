import { randomUUID } from "node:crypto";
import { once } from "node:events";
import type { ServerResponse } from "node:http";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import type { ProviderMode } from "@wend/plugin/testing";
import type { SearchBody } from "./search.ts";
import { findAll } from "./search.ts";
import type { Stored } from "./store.ts";
import { Table } from "./store.ts";

export const TOKEN = "pat-eu1-0b7f8a52-77aa-4b2c-9d41-1f0c2f6d8e10";

/** One request as it arrived. */
export interface Asked {
  readonly method: string;
  readonly path: string;
  // biome-ignore lint/suspicious/noExplicitAny: whatever was sent
  readonly body: any;
}

export interface Reply {
  readonly status: number;
  readonly body: object | string;
  readonly headers?: { readonly [name: string]: string };
}

const PAGE_END = 10_000;
const aliases: { readonly [name: string]: string } = { "0-1": "contacts", "0-3": "deals" };

/** HubSpot's CRM API v3, as far as its documentation tells: a real server that keeps what it is given. */
export class Hubspot implements AsyncDisposable {
  readonly tables: { readonly [object: string]: Table } = {
    contacts: new Table("contacts", 501),
    companies: new Table("companies", 7_001),
    deals: new Table("deals", 90_001),
    tasks: new Table("tasks", 300_001),
    notes: new Table("notes", 400_001),
  };
  readonly asked: Asked[] = [];
  /** One for each record that a request asked to be written. */
  readonly keys: string[] = [];
  now: () => number = Date.now;
  /** While true the search index knows nothing that is written. */
  indexLags = false;
  mode: ProviderMode = "accept";
  /** Whether it hangs at what changes nothing, too. */
  hangsAtQuestions = false;
  url = "";
  readonly #notIndexed = new Set<Stored>();
  #interrupt: (asked: Asked) => Reply | undefined = () => undefined;
  readonly #server = createServer((request, response) => void this.#serve(request, response));

  constructor() {
    const own = { contacts: ["wend_journey", "wend_step", "wend_next_touch_at"] };
    for (const name of own.contacts) this.define("contacts", name);
    this.define("contacts", "email", true);
    this.define("contacts", "wend_profile_id", true);
    this.define("companies", "wend_domain", true);
    this.define("tasks", "wend_delivery_key", true);
    this.define("notes", "wend_delivery_key", true);
  }

  async start(): Promise<this> {
    await once(this.#server.listen(0, "127.0.0.1"), "listening");
    this.url = `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
    return this;
  }

  /** Answers in another way for as long as it has something to answer. */
  interrupt(how: (asked: Asked) => Reply | undefined): void {
    this.#interrupt = how;
  }

  define(object: string, name: string, unique = false): void {
    this.tables[object]!.unique.set(name, { unique });
  }

  index(): void {
    this.#notIndexed.clear();
  }

  async stop(): Promise<void> {
    if (!this.#server.listening) return;
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.stop();
  }

  async #serve(request: import("node:http").IncomingMessage, response: ServerResponse): Promise<void> {
    const sent = await text(request);
    const { method = "", url: path = "" } = request;
    const asked: Asked = { method, path, body: sent === "" ? undefined : JSON.parse(sent) };
    this.asked.push(asked);
    if (request.headers.authorization !== `Bearer ${TOKEN}`) {
      return send(response, fault(401, "INVALID_AUTHENTICATION"));
    }
    const writes = keysOf(asked);
    this.keys.push(...writes);
    const interrupted = this.#interrupt(asked);
    if (interrupted !== undefined) return send(response, interrupted);
    if (this.mode === "unavailable") return send(response, fault(503, "INTERNAL_ERROR"));
    if (this.mode === "reject" && writes.length > 0) return send(response, this.#refuse(asked));
    const reply = this.#answer(asked);
    if (this.mode === "hang" && (writes.length > 0 || this.hangsAtQuestions)) return;
    if (this.mode === "drop" && writes.length > 0) return void response.destroy();
    send(response, reply);
  }

  #refuse({ body, path }: Asked): Reply {
    if (!path.includes("/batch/")) return fault(400, "VALIDATION_ERROR");
    const errors = body.inputs.map(({ objectWriteTraceId }: { objectWriteTraceId: string }) =>
      itemFault("VALIDATION_ERROR", objectWriteTraceId),
    );
    return { status: 207, body: batchBody([], errors) };
  }

  #answer({ method, path, body }: Asked): Reply {
    const { pathname, searchParams } = new URL(path, this.url);
    const parts = pathname.split("/").slice(1).map(decodeURIComponent);
    if (pathname === "/crm/v4/associations/0-3/0-1/batch/read") return this.#associations(body);
    if (parts[2] === "properties") return this.#property(parts[3]!, parts[4]!);
    const table = this.tables[aliases[parts[3]!] ?? parts[3]!];
    if (table === undefined) return fault(404, "OBJECT_NOT_FOUND");
    const verb = parts.slice(4).join("/");
    if (method === "POST" && verb === "") return this.#create(table, body);
    if (method === "POST" && verb === "search") return this.#search(table, body);
    if (method === "POST" && verb === "batch/read") return this.#batchRead(table, body);
    if (method === "POST" && verb.startsWith("batch/")) return this.#batchWrite(table, body, verb === "batch/upsert");
    const idProperty = searchParams.get("idProperty");
    const found = idProperty === null ? table.records.get(verb) : table.find(idProperty, verb);
    if (found === undefined) return fault(404, "OBJECT_NOT_FOUND");
    if (method === "PATCH") return this.#update(table, found, body.properties);
    const wanted = searchParams.getAll("properties").flatMap((names) => names.split(","));
    return { status: 200, body: view(table, found, wanted) };
  }

  #property(object: string, name: string): Reply {
    const known = this.tables[object]?.unique.get(name);
    if (known === undefined) return fault(404, "OBJECT_NOT_FOUND");
    const body = { name, label: name, type: "string", fieldType: "text", hasUniqueValue: known.unique };
    return { status: 200, body };
  }

  #create(table: Table, { properties, associations }: Asked["body"]): Reply {
    const problem = this.#problemOf(table, properties);
    if (problem !== undefined) return fault(400, "VALIDATION_ERROR", { errors: [{ message: problem, code: problem }] });
    for (const { to, types } of associations) {
      const target = { 204: "contacts", 214: "deals" }[types[0].associationTypeId as 204 | 214];
      if (this.tables[target]?.records.has(to.id) !== true) return fault(400, "VALIDATION_ERROR");
    }
    const stored = this.#keep(table.create(properties, this.now()));
    for (const { to, types } of associations) {
      stored.associations.push({ to: to.id, typeId: types[0].associationTypeId });
    }
    return { status: 201, body: view(table, stored) };
  }

  #update(table: Table, stored: Stored, properties: Record<string, string>): Reply {
    const problem = this.#problemOf(table, properties, stored);
    if (problem !== undefined) return fault(400, "VALIDATION_ERROR", { errors: [{ message: problem, code: problem }] });
    table.write(stored, properties, this.now());
    return { status: 200, body: view(table, this.#keep(stored)) };
  }

  #problemOf(table: Table, properties: Record<string, string>, self?: Stored): string | undefined {
    const unknown = Object.keys(properties).find((name) => name.startsWith("wend_") && !table.unique.has(name));
    if (unknown !== undefined) return "PROPERTY_DOESNT_EXIST";
    return table.conflict(properties, self) === undefined ? undefined : "CONFLICTING_UNIQUE_VALUE";
  }

  #keep(stored: Stored): Stored {
    if (this.indexLags) this.#notIndexed.add(stored);
    return stored;
  }

  #batchWrite(table: Table, { inputs }: Asked["body"], upsert: boolean): Reply {
    const ids: string[] = inputs.map(({ id }: { id: string }) => id.toLowerCase());
    if (inputs.length > 100 || new Set(ids).size < ids.length) return fault(400, "VALIDATION_ERROR");
    const results: object[] = [];
    const errors: object[] = [];
    for (const { id, idProperty, objectWriteTraceId, properties } of inputs) {
      if (table.unique.get(idProperty)?.unique !== true) return fault(400, "VALIDATION_ERROR");
      const found = table.find(idProperty, id);
      const problem = this.#problemOf(table, properties, found);
      if (found === undefined && !upsert) errors.push(itemFault("OBJECT_NOT_FOUND", objectWriteTraceId));
      else if (problem !== undefined) errors.push(itemFault("VALIDATION_ERROR", objectWriteTraceId));
      else {
        const stored = found ?? table.create({ [idProperty]: id }, this.now());
        table.write(stored, properties, this.now());
        results.push({ ...view(table, this.#keep(stored)), ...(upsert && { new: found === undefined }) });
      }
    }
    return { status: errors.length > 0 ? 207 : 200, body: batchBody(results, errors) };
  }

  #batchRead(table: Table, { inputs, properties, propertiesWithHistory }: Asked["body"]): Reply {
    if (inputs.length > (propertiesWithHistory.length > 0 ? 50 : 100)) return fault(400, "VALIDATION_ERROR");
    const found: Stored[] = inputs.flatMap(({ id }: { id: string }) => table.records.get(id) ?? []);
    const results = found.map((stored) => ({
      ...view(table, stored, properties),
      propertiesWithHistory: historyOf(stored, propertiesWithHistory),
    }));
    const missing = inputs.length - found.length;
    const errors = missing > 0 ? [{ ...itemFault("OBJECT_NOT_FOUND"), context: { ids: ["?"] } }] : [];
    return { status: missing > 0 ? 207 : 200, body: batchBody(results, errors) };
  }

  #search(table: Table, body: SearchBody): Reply {
    const known = [...table.records.values()].filter((stored) => !this.#notIndexed.has(stored));
    const start = Number(body.after);
    if (body.limit > 200 || start + body.limit > PAGE_END) return fault(400, "VALIDATION_ERROR");
    const all = findAll(table, known, body);
    const results = all.slice(start, start + body.limit).map((stored) => view(table, stored, body.properties));
    const next = start + body.limit;
    const paging = next < all.length ? { paging: { next: { after: String(next) } } } : {};
    return { status: 200, body: { total: all.length, results, ...paging } };
  }

  #associations({ inputs }: Asked["body"]): Reply {
    const results = inputs.flatMap(({ id }: { id: string }) => {
      const contacts = this.tables.deals!.records.get(id)?.associations.filter(({ typeId }) => typeId === 3) ?? [];
      const types = [{ category: "HUBSPOT_DEFINED", typeId: 3, label: null }];
      const to = contacts.map((one) => ({ toObjectId: Number(one.to), associationTypes: types }));
      return to.length > 0 ? [{ from: { id }, to }] : [];
    });
    const errors = results.length < inputs.length ? [itemFault("OBJECT_NOT_FOUND")] : [];
    return { status: errors.length > 0 ? 207 : 200, body: batchBody(results, errors) };
  }
}

/** What the provider can know a repeated call by, one for each record that is to be written. */
function keysOf({ method, path, body }: Asked): string[] {
  if (method === "PATCH") return [String(body.properties.wend_domain)];
  if (method !== "POST" || /\/(search|read)$/.test(path)) return [];
  if (path.endsWith("/companies/batch/upsert")) return body.inputs.map(({ id }: { id: string }) => id);
  if (path.includes("/batch/")) {
    return body.inputs.map(({ objectWriteTraceId }: { objectWriteTraceId: string }) => objectWriteTraceId);
  }
  return [body.properties.wend_delivery_key];
}

function view(table: Table, stored: Stored, wanted?: readonly string[]) {
  const names = wanted ?? [...stored.history.keys()];
  const properties = Object.fromEntries(
    ["hs_object_id", ...names].map((name) => [name, table.value(stored, name) ?? null]),
  );
  const createdAt = new Date(stored.createdAt).toISOString();
  return { id: stored.id, properties, createdAt, updatedAt: new Date(stored.updatedAt).toISOString(), archived: false };
}

function historyOf(stored: Stored, names: readonly string[]) {
  return Object.fromEntries(
    names.map((name) => [
      name,
      (stored.history.get(name) ?? []).map(({ value, timestamp }) => ({
        value,
        timestamp: new Date(timestamp).toISOString(),
        sourceType: "CRM_UI",
      })),
    ]),
  );
}

function batchBody(results: readonly object[], errors: readonly object[]) {
  const at = new Date().toISOString();
  const failed = errors.length > 0 ? { numErrors: errors.length, errors } : {};
  return { status: "COMPLETE", results, startedAt: at, completedAt: at, ...failed };
}

function itemFault(category: string, traceId?: string) {
  const context = traceId === undefined ? {} : { objectWriteTraceId: [traceId] };
  return { status: "error", category, message: "not this one", context, errors: [], links: {} };
}

export function fault(status: number, category: string, more: object = {}): Reply {
  const message = "The contact ada@example.test cannot be written.";
  return { status, body: { status: "error", message, correlationId: randomUUID(), category, ...more } };
}

function send(response: ServerResponse, { status, body, headers = {} }: Reply): void {
  const isText = typeof body === "string";
  response.writeHead(status, { "content-type": isText ? "text/html" : "application/json;charset=utf-8", ...headers });
  response.end(isText ? body : JSON.stringify(body));
}

export const startHubspot = (): Promise<Hubspot> => new Hubspot().start();
