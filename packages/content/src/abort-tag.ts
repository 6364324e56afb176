import { storableText, WendError } from "@wend/plugin";
import type { Context, Liquid, TagToken, TopLevelToken } from "liquidjs";
import { Tag, Value } from "liquidjs";

/** `{% abort "reason" %}`: the message is not sent, and the reason is recorded. */
export class AbortTag extends Tag {
  readonly #reason: Value;

  constructor(token: TagToken, remaining: TopLevelToken[], liquid: Liquid) {
    super(token, remaining, liquid);
    this.#reason = new Value(this.tokenizer.readFilteredValue(), liquid);
  }

  override *render(context: Context): Generator<unknown, void, unknown> {
    const reason = yield this.#reason.value(context, false);
    throw new WendError("content.aborted", { detail: storableText(String(reason ?? ""), 200) });
  }
}
