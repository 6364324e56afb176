import type { Liquid, TagToken, TopLevelToken } from "liquidjs";
import { Tag } from "liquidjs";

/** `{% # … %}`, every line of it with its own `#`. Liquid's own looks for one that has none in the square of its length. */
export class InlineCommentTag extends Tag {
  constructor(token: TagToken, remaining: TopLevelToken[], liquid: Liquid) {
    super(token, remaining, liquid);
    const [, ...lines] = token.args.split("\n");
    if (lines.some((line) => !/^(#|$)/.test(line.trim())))
      throw new Error("every line of an inline comment must start with a '#' character");
  }

  override render(): void {}
}
