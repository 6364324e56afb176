/** The label a branch has when its author gives none. */
export function defaultLabel(index: number): string {
  return `branch_${index + 1}`;
}
