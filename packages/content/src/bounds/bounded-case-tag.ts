import type { Context, Emitter } from "liquidjs";
import { CaseTag, evalToken, toValue } from "liquidjs";
import { equals } from "./bound-operators.ts";

/** `{% case %}` whose comparisons are bounded like those of `{% if %}`: one tag can hold thousands. */
export class BoundedCaseTag extends CaseTag {
  override *render(context: Context, emitter: Emitter): Generator<unknown, void, unknown> {
    const target = toValue(yield this.value.value(context, false));
    let isHit = false;
    for (const { values, templates } of this.branches) {
      for (const token of values) {
        const value = yield evalToken(token, context);
        if (!(yield equals(target, value, context))) continue;
        isHit = true;
        yield this.liquid.renderer.renderTemplates(templates, context, emitter);
        break;
      }
    }
    if (!isHit) yield this.liquid.renderer.renderTemplates(this.elseTemplates, context, emitter);
  }
}
