import { readFile } from "node:fs/promises";
import { join } from "node:path";

const names = ["contacts", "companies", "deals", "notes", "tasks"];

/** HubSpot's own specifications as one, corrected where they contradict what HubSpot answers. */
export async function judgedSpec(folder: string): Promise<string> {
  const parts = await Promise.all(names.map((name) => loadPart(folder, name)));
  const [first] = parts;
  const merge = (pick: (part: Part) => object) => Object.assign({}, ...parts.map(pick));
  const components = {
    securitySchemes: first!.components.securitySchemes,
    schemas: merge(({ components }) => components.schemas),
    responses: merge(({ components }) => components.responses),
  };
  return JSON.stringify({ ...first, paths: merge(({ paths }) => paths), components });
}

interface Part {
  readonly paths: object;
  readonly components: { readonly schemas: object; readonly responses: object; readonly securitySchemes: object };
}

/** One specification, its components under names of its own: they differ from one to the other. */
async function loadPart(folder: string, name: string): Promise<Part> {
  const text = await readFile(join(folder, `hubspot-${name}.json`), "utf8");
  const part = JSON.parse(
    text.replace(/"#\/components\/(schemas|responses)\/([^"]+)"/g, `"#/components/$1/${name}_$2"`),
  );
  const renamed = (held: object) =>
    Object.fromEntries(Object.entries(held).map(([key, value]) => [`${name}_${key}`, value]));
  const { schemas, responses, securitySchemes } = part.components;
  const components = { schemas: renamed(allowNulls(schemas)), responses: renamed(responses), securitySchemes };
  return { ...part, components };
}

// A property that was asked for and has no value is null.
function allowNulls(schemas: Record<string, { properties?: Record<string, object> }>): object {
  for (const name of ["SimplePublicObject", "SimplePublicObjectWithAssociations", "SimplePublicUpsertObject"]) {
    const { properties } = schemas[name]!;
    properties!.properties = { type: "object", additionalProperties: { type: "string", nullable: true } };
  }
  return schemas;
}
