import type { Text } from '@convbook/page/markup';
import type { RangeControl } from './figure.ts';

/**
 * A slider of one number of a state.
 *
 * @param kept Brings what else the number decides within its reach.
 */
export function numberRange<Name extends string, State extends Readonly<Record<Name, number>>>(
  name: Name,
  label: Text,
  [least, most]: readonly [least: number, most: number],
  kept: (state: State) => State = (state) => state,
): RangeControl<State> {
  return {
    kind: 'range',
    label,
    least,
    most: () => most,
    get: (state) => state[name],
    set: (state, value) => kept({ ...state, [name]: value }),
  };
}
