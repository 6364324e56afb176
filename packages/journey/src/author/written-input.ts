import type { ActionManifest } from "@wend/plugin";
import type { z } from "zod";
import type { Json } from "../json.ts";
import type { Template, ValueTemplate } from "../language/template.ts";

/** The input of an action as an author writes it: a field that the action renders may hold a template. */
export type WrittenInput<A extends ActionManifest> = Input<z.input<A["input"]>, KindsOf<A>>;

type KindsOf<A extends ActionManifest> = A extends { readonly templates: infer Kinds } ? Kinds : unknown;

// The compiler names this type in its messages, and begins with the fields.
type Input<Fields, Kinds> = {
  readonly [Field in keyof Fields]: Written<Fields[Field], Field extends keyof Kinds ? Kinds[Field] : undefined>;
};

type Written<Value, Kind> = Kind extends "json"
  ? Tree<Value>
  : Kind extends "text" | "html" | "mjml"
    ? Text<Value>
    : Plain<Value>;

// Rendered, a template is text: it can stand for one of a few words, and never for a number.
type Text<Value> = Value extends string ? Value | Template : Plain<Value>;

// In a tree each text is a template, and one that is a single `{{ … }}` can stand for anything.
type Tree<Value> = AnyJson extends Value
  ? Json
  : Value extends string
    ? Value | Template
    : Value extends undefined
      ? Value
      : ValueTemplate | { readonly [Key in keyof Value]: Tree<Value[Key]> };

// `z.json()`, and whatever takes more than it.
type AnyJson = z.core.util.JSONType;

type Plain<Value> = AnyJson extends Value ? Json : { readonly [Key in keyof Value]: Plain<Value[Key]> };
