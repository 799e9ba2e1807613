/** How many classes an answer lists: all of a few, of many the most probable. */
export function answersShown(classes: number): number {
  return classes <= 12 ? classes : 5;
}
