import type { ActionManifest, PluginManifest } from "@wend/plugin";
import { takesAllOf } from "./compatible-input.ts";

/** A member of a route, as journeys are checked against it. */
export interface PluggedMember {
  readonly key: string;
  readonly plugin: { readonly manifest: Pick<PluginManifest, "actions"> };
}

export interface SharedActions {
  /** Those that every member can make, as the first one describes them. */
  readonly actions: { readonly [name: string]: ActionManifest };
  /** Any other action of a member -> the keys of the members that cannot make it as the first does. */
  readonly lacking: { readonly [name: string]: readonly string[] };
}

/** What a route can be asked for, whichever member a delivery goes to. */
export function shareActions(members: readonly [PluggedMember, ...PluggedMember[]]): SharedActions {
  // Without a prototype: a journey that names an action "constructor" must not find one.
  const actions: Record<string, ActionManifest> = Object.create(null);
  const lacking: Record<string, readonly string[]> = Object.create(null);
  const names = new Set(members.flatMap(({ plugin }) => Object.keys(plugin.manifest.actions)));
  for (const name of names) {
    const own = findAction(members[0].plugin, name);
    const without = members.filter(({ plugin }) => !canMake(findAction(plugin, name), own)).map(({ key }) => key);
    if (own && without.length === 0) actions[name] = isOneOf(members, name) ? own : withoutOutput(own);
    else lacking[name] = without;
  }
  return { actions, lacking };
}

function findAction({ manifest }: PluggedMember["plugin"], name: string): ActionManifest | undefined {
  return Object.hasOwn(manifest.actions, name) ? manifest.actions[name] : undefined;
}

const isOneOf = (members: readonly PluggedMember[], name: string): boolean =>
  members.every(({ plugin }) => findAction(plugin, name) === findAction(members[0]!.plugin, name));

// Plugins return what they like: a journey can only read the output of one and the same action.
function withoutOutput({ keepsOutput, ...action }: ActionManifest): ActionManifest {
  return action;
}

// A field that is a template for one and plain text for another would go out unrendered.
function canMake(action: ActionManifest | undefined, first: ActionManifest | undefined): boolean {
  if (action === undefined || first === undefined) return false;
  if (action === first) return true;
  return (
    action.channel === first.channel &&
    action.address === first.address &&
    templatesOf(action) === templatesOf(first) &&
    takesAllOf(action.input, first.input)
  );
}

const templatesOf = ({ templates = {} }: ActionManifest): string => JSON.stringify(Object.entries(templates).sort());
