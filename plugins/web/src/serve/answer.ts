import type { Receipt, Served, Signal } from "@wend/plugin";
import type { manifest } from "../manifest.ts";

/** What this plugin's `serve` may tell. */
type Kinds = NonNullable<(typeof manifest)["events"]>[number];
type Signals = NonNullable<(typeof manifest)["signals"]>;

export interface Answer extends Served<Kinds, Signals> {
  readonly receipts?: readonly Receipt<Kinds>[];
  readonly signals?: readonly Signal<Signals>[];
}
