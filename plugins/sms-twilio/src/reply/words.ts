/** The words and phrases of a list with commas between them, however it is broken into lines. */
export function words(list: string): readonly string[] {
  return list.split(",").map((phrase) => phrase.trim().replaceAll(/\s+/g, " "));
}
