/** A block of shell on a page, with what it says that is printed. */
export interface Step {
  /** The word after `sh`: where the block is typed. */
  readonly where: string;
  readonly script: string;
  /** Lines that it prints; `…` stands for anything. */
  readonly prints: readonly string[];
  /** Lines that another terminal prints because of it, by the word after `text`. */
  readonly elsewhere: readonly { readonly where: string; readonly prints: readonly string[] }[];
}

/** The blocks ```` ```sh <where> ```` of a page in order, each with the ```` ```text ```` blocks that follow it. */
export function readSteps(page: string): Step[] {
  const steps: Step[] = [];
  for (const [, language, where = "", body] of page.matchAll(/^```(sh|text)(?: (\w+))?\n(.*?)^```/gms)) {
    if (language === "sh") steps.push({ where, script: body!, prints: [], elsewhere: [] });
    else steps.push(withText(steps.pop()!, where, body!.trimEnd().split("\n")));
  }
  return steps;
}

function withText(step: Step, where: string, prints: readonly string[]): Step {
  if (where === "" || where === step.where) return { ...step, prints };
  return { ...step, elsewhere: [...step.elsewhere, { where, prints }] };
}

/** Those of the lines that a text does not hold. */
export function missingIn(output: string, lines: readonly string[]): string[] {
  return lines.filter((line) => !patternOf(line).test(output));
}

const patternOf = (line: string): RegExp => new RegExp(line.split("…").map(RegExp.escape).join(".*"));
