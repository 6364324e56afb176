/** One version of a property. */
export interface Version {
  readonly value: string;
  readonly timestamp: number;
}

/** A record as HubSpot keeps it. */
export interface Stored {
  readonly id: string;
  readonly createdAt: number;
  updatedAt: number;
  readonly history: Map<string, Version[]>;
  /** Ids of associated records, by the number of the kind of association. */
  readonly associations: { readonly to: string; readonly typeId: number }[];
}

const modifiedNames: { readonly [object: string]: string } = { contacts: "lastmodifieddate" };

/** The name under which a kind of record keeps when it was changed. */
const modifiedName = (object: string): string => modifiedNames[object] ?? "hs_lastmodifieddate";

/** Records of one kind, with their history. */
export class Table {
  readonly records = new Map<string, Stored>();
  readonly unique = new Map<string, { unique: boolean }>();
  readonly object: string;
  #nextId: number;

  constructor(object: string, firstId: number) {
    this.object = object;
    this.#nextId = firstId;
  }

  create(properties: Record<string, string>, at: number): Stored {
    const stored: Stored = {
      id: String(this.#nextId++),
      createdAt: at,
      updatedAt: at,
      history: new Map(),
      associations: [],
    };
    this.records.set(stored.id, stored);
    this.write(stored, properties, at);
    return stored;
  }

  write(stored: Stored, properties: Record<string, string>, at: number): void {
    for (const [name, value] of Object.entries(properties)) {
      const versions = stored.history.get(name) ?? [];
      if (versions[0]?.value === value) continue;
      stored.history.set(name, [{ value, timestamp: at }, ...versions]);
    }
    stored.updatedAt = at;
  }

  find(property: string, value: string): Stored | undefined {
    return [...this.records.values()].find((one) => this.value(one, property)?.toLowerCase() === value.toLowerCase());
  }

  value(stored: Stored, property: string): string | undefined {
    if (property === "hs_object_id") return stored.id;
    if (property === "createdate" || property === "hs_createdate") return new Date(stored.createdAt).toISOString();
    if (property === modifiedName(this.object)) return new Date(stored.updatedAt).toISOString();
    return stored.history.get(property)?.[0]?.value;
  }

  /** A property that has unique values and whose value another record has already. */
  conflict(properties: Record<string, string>, self?: Stored): string | undefined {
    return Object.entries(properties).find(([name, value]) => {
      const other = this.unique.get(name)?.unique === true ? this.find(name, value) : undefined;
      return other !== undefined && other !== self;
    })?.[0];
  }
}
