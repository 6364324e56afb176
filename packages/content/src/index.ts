export { checkInput, checkTemplate } from "./check.ts";
export { limits } from "./engine.ts";
export {
  type CompiledInput,
  compileInput,
  type Rendered,
  renderInput,
  type TemplateContext,
  type TemplateKind,
  type TemplateKinds,
} from "./input.ts";
