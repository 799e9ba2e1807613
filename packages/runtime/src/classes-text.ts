/** Most classes that a message names. */
const mostNames = 10;

/** Classes as a message names them: `cat, dog or owl`; of many the first. */
export function classesText(names: readonly string[]): string {
  const shown = names.slice(0, mostNames).join(', ');
  return names.length > mostNames ? `${shown} …` : shown.replace(/, ([^,]*)$/, ' or $1');
}
