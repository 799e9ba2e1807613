// Checks the tokens of a safetensors header before JSON.parse reads them.
import { findJsonProblem, type JsonProblem } from './json-tokens.ts';
import { brief, damaged } from './safetensors-damaged.ts';

/** Most tensors of a file: each is a name and its object, three keys, a text and two lists. */
export const mostTensors = 4000;

const rules = {
  mostDepth: 3, // the header, a tensor or the metadata, a shape
  mostParts: 8 * mostTensors + 768, // with room for metadata
  allowsKey: (key: string) => key !== '__proto__',
};

/** Throws RunDirectoryError for repeated keys, `__proto__` and deep nesting, in text that may not be JSON. */
export function checkHeaderTokens(text: string, where: string): void {
  const problem = findJsonProblem(text, rules);
  if (problem !== null) throw damaged(where, ...sayProblem(problem));
}

function sayProblem(problem: JsonProblem): [what: string, got: string] {
  switch (problem.kind) {
    case 'depth':
      return [`expected a header nested at most ${rules.mostDepth} deep`, 'more'];
    case 'parts':
      return [`expected a header of at most ${mostTensors} tensors`, 'more'];
    case 'forbidden key':
      return [`expected no key ${problem.key} in the header`, 'one'];
    case 'repeated key':
      return ['expected each key of the header once', `${brief(problem.key)} twice`];
    case 'fraction':
      return ['expected whole numbers in the header', problem.number];
  }
}
