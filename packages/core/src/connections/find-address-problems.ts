import { isValidAddress } from "@wend/journey";
import type { Plugin, Problem } from "@wend/plugin";
import { jsonPointer } from "@wend/plugin";
import { z } from "zod";
import { deliverySettings } from "./delivery-settings.ts";

// Read on its own: what has no such shape is refused for it already.
const addressPart = z.object({
  sandbox: deliverySettings.sandbox.catch(null),
  testAddresses: deliverySettings.testAddresses.catch([]),
});

/** A problem for each address of the operator that no action of the plugin could write to. */
export function findAddressProblems(plugin: Plugin, input: object): Problem[] {
  const { sandbox, testAddresses } = addressPart.parse(input);
  const kinds = addressKinds(plugin);
  const refuse = (address: string, path: readonly PropertyKey[]): Problem[] => {
    if (address !== "" && kinds.some((kind) => isValidAddress(kind, address))) return [];
    const message = `It is no address of the kind ${kinds.join(" or ")}.`;
    return [{ code: "connection.invalid_config", pointer: jsonPointer(path), message }];
  };
  return [
    ...(sandbox && "redirectTo" in sandbox ? refuse(sandbox.redirectTo, ["sandbox", "redirectTo"]) : []),
    ...testAddresses.flatMap((address, i) => refuse(address, ["testAddresses", i])),
  ];
}

// A plugin that writes to no address may be given any: nothing is sent to it.
function addressKinds({ manifest }: Plugin): readonly string[] {
  const kinds = new Set(Object.values(manifest.actions).flatMap(({ address }) => address ?? []));
  return kinds.size > 0 ? [...kinds] : ["email", "phone"];
}
