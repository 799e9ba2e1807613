import type { Text } from './text.ts';

/** Most classes that a sentence names. */
const mostNames = 12;

/** The thing to draw: a digit where the classes are the ten digits, made as MNIST's. */
export function whatToDraw(names: readonly string[], { fit }: { readonly fit: string }): Text {
  if (fit === 'digit' && names.join() === '0,1,2,3,4,5,6,7,8,9') {
    return { en: 'a digit', ko: '숫자를' };
  }
  const shown = names.slice(0, mostNames).join(', ') + (names.length > mostNames ? ' …' : '');
  return { en: `one of the classes ${shown}`, ko: `클래스 ${shown} 가운데 하나를` };
}
