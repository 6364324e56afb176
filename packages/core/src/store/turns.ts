/** Resolves when all that was ready to run has run, so many times over; before any timer, and before anything is read. */
export async function turns(count: number): Promise<void> {
  for (let i = 0; i < count; i++) await new Promise<void>((resolve) => process.nextTick(resolve));
}
