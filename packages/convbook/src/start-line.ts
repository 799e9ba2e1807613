import { formatShape } from '@convbook/core';
import type { LeftParameter, RecordedStart } from '@convbook/run';

/** Parameters that are named, at most. */
const mostNamed = 4;

/** A line that says which parameters a run began with, and why not with others. */
export function startLine({ source, taken, left }: RecordedStart): string {
  const count = `${taken.length} of ${taken.length + left.length} parameters taken`;
  const begun = `started from ${source.name}: ${count}`;
  if (left.length === 0) return begun;
  const named = left.slice(0, mostNamed).map(leftText).join(', ');
  const more = left.length > mostNamed ? ` and ${left.length - mostNamed} more` : '';
  return `${begun}; not ${named}${more}`;
}

function leftText({ name, reason, shape, found = [] }: LeftParameter): string {
  const there = typeof found === 'string' ? found : formatShape(found);
  switch (reason) {
    case 'missing':
      return `${name} (not there)`;
    case 'shape':
      return `${name} (${there} there, ${formatShape(shape)} here)`;
    case 'type':
      return `${name} (of type ${there}, not F32)`;
    default:
      return reason satisfies never;
  }
}
