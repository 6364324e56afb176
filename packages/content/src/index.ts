export { checkInput, checkTemplate } from "./check.ts";
export { limits } from "./engine.ts";
export {
  type CompiledInput,
  compileInput,
  composeInput,
  type Rendered,
  renderInput,
  type TemplateContext,
  type TemplateKind,
  type TemplateKinds,
} from "./input.ts";
export { mjmlLimits } from "./mjml/mjml-limits.ts";
