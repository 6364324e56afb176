import type { z } from "zod";
import type { Dedupe } from "../dedupe.ts";
import type { WendError } from "../errors.ts";

/** Kinds of address an action can need; the host finds the profile's address of that kind. */
export type AddressKind = "email" | "phone" | "push" | "crm" | "support";

/** Why a customer is written to; a promotional action needs consent, a transactional one does not. */
export type Purpose = "promotional" | "transactional" | "mandatory";

/**
 * How a field of an action's input is rendered: `text` and `html` are one Liquid template, `json` is a tree whose strings
 * are templates, `mjml` is one Liquid template of an MJML document, which the handler receives as HTML.
 */
export type TemplateKind = "text" | "html" | "json" | "mjml";

/** One thing a plugin can do, as data. */
export interface ActionManifest<Input extends z.ZodObject = z.ZodObject, Output extends z.ZodType = z.ZodType> {
  /** One sentence: what the action does. */
  readonly title: string;
  /** What a journey author writes, and, rendered, what the handler receives. */
  readonly input: Input;
  /** What the handler returns beside the provider's id. */
  readonly output: Output;
  /** `email`, `webhook`, `sms`, … */
  readonly channel: string;
  /** Default purpose of a delivery by this action. */
  readonly purpose: Purpose;
  /** The kind of address the action needs; absent when it needs none. */
  readonly address?: AddressKind;
  /**
   * A call reaches nobody but its `address`: nothing in `input` and no id leads it to anybody else. Only such an action
   * goes to an operator's own address, in a sandbox or a test send; any other one makes no call there.
   */
  readonly addressOnly?: true;
  /** What makes a repeated call safe. */
  readonly dedupe: Dedupe;
  /** Fields of `input` that are templates; the others are passed as written. */
  readonly templates?: { readonly [K in keyof z.infer<Input>]?: TemplateKind };
  /**
   * The output is kept with the delivery, up to 65,536 characters of JSON: for the later nodes of a journey to read, and
   * for `serve` to show, see `host.deliveries`.
   */
  readonly keepsOutput?: true;
  /** The most deliveries that one call may carry; absent: each has a call of its own. */
  readonly batch?: { readonly size: number };
  /** Most calls a connection makes per second, unless it says otherwise. */
  readonly rateLimit?: { readonly perSecond: number };
  /** Milliseconds after which a call is aborted; 10,000 unless stated. */
  readonly timeoutMs?: number;
}

/** One delivery, as a handler gets it. */
export interface ActionItem<Input> {
  /** Parsed by the manifest's `input`, its templates rendered. */
  readonly input: Input;
  /** The profile's address, present when the manifest asks for one. */
  readonly address: string | undefined;
  /** The same on every attempt of one delivery. */
  readonly idempotencyKey: string;
  /** Hand it to the provider where it keeps metadata, so that its receipts can name it. */
  readonly deliveryId: string;
  /** Whose delivery it is. */
  readonly profileId: string;
  /** What it is sent for: the node's own purpose, or the action's default. */
  readonly purpose: Purpose;
  /** 1 for the first attempt. */
  readonly attempt: number;
}

/** One call of an action. */
export interface ActionCall<Input> extends ActionItem<Input> {
  /**
   * Aborts at the action's timeout and when the worker loses its lease. Close the socket and reject at once:
   * with `provider.unavailable` when the provider cannot have acted yet, else with `provider.unknown_outcome`.
   */
  readonly signal: AbortSignal;
}

/** The provider took it. `providerId` is the provider's own name for it: receipts are matched by it. */
export interface Accepted<Output> {
  readonly providerId?: string;
  readonly output: Output;
}

/**
 * Performs one call and returns what the provider accepted, or throws a `WendError`: its code decides whether
 * and when the host calls again. An error without a code counts as `plugin.crashed`.
 */
export type ActionHandler<A extends ActionManifest> = (
  call: ActionCall<z.infer<A["input"]>>,
) => Promise<Accepted<z.input<A["output"]>>>;

/** What became of one delivery of a batch. */
export type BatchResult<Output> = Accepted<Output> | { readonly error: WendError };

/**
 * Performs one call for several deliveries of an action and returns a result for each, in their order. What it throws
 * holds for all of them.
 */
export type BatchHandler<A extends ActionManifest> = (
  items: readonly ActionItem<z.infer<A["input"]>>[],
  signal: AbortSignal,
) => Promise<readonly BatchResult<z.input<A["output"]>>[]>;
