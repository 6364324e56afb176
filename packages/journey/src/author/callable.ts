import type { ActionManifest, ActionManifests, PluginManifest } from "@wend/plugin";
import type { z } from "zod";

/** What an author needs of a plugin: its manifest is one, without the code behind it. */
export type AuthorManifest = Pick<PluginManifest, "id" | "actions">;

/** The manifest of each connection, by the connection's key. */
export type AuthorConnections = { readonly [key: string]: AuthorManifest };

/** The members of each route, by the route's key. */
export type AuthorRoutes<Key extends string = string> = { readonly [route: string]: readonly [Key, ...Key[]] };

/** Actions by name, by the key of the connection or route. */
export type Callable = { readonly [key: string]: ActionManifests };

/** All that a node can call: the actions of each connection, and of each route those that all its members can make. */
export type CallableOf<Connections extends AuthorConnections, Routes extends AuthorRoutes> = {
  readonly [Key in keyof Connections]: Connections[Key]["actions"];
} & {
  readonly [Route in keyof Routes]: Shared<
    Connections[Routes[Route][0]]["actions"],
    Connections[Routes[Route][number]]
  >;
};

// What the first member describes, as far as each of the others takes it: `shareActions` decides the same of values.
type Shared<First extends ActionManifests, Member extends AuthorManifest> = {
  readonly [Name in keyof First as [Lacking<Member, Name, First[Name]>] extends [never] ? Name : never]: First[Name];
};

type Lacking<Member extends AuthorManifest, Name extends PropertyKey, Asked extends ActionManifest> = Member extends {
  readonly actions: { readonly [N in Name]: infer Action extends ActionManifest };
}
  ? Takes<Action, Asked> extends true
    ? never
    : Member
  : Member;

type Takes<Action extends ActionManifest, Asked extends ActionManifest> = [
  z.input<Asked["input"]>,
  keyof z.input<Asked["input"]>,
  Fixed<Asked>,
  Fixed<Action>,
] extends [z.input<Action["input"]>, keyof z.input<Action["input"]>, Fixed<Action>, Fixed<Asked>]
  ? true
  : false;

// What has to be the same in both.
type Fixed<A extends ActionManifest> = Pick<A, keyof A & ("channel" | "address" | "templates")>;
