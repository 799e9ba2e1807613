import { execFileSync } from 'node:child_process';

/** Fonts and styles that have all letters, as fontconfig names them, in an order that does not follow families. */
export function listFaces(letters: readonly string[]): string[] {
  const codes = letters.map((letter) => letter.codePointAt(0)?.toString(16)).join(' ');
  const format = '%{family[0]} %{style[0]}\n';
  const text = execFileSync('fc-list', [`:charset=${codes}`, '--format', format], {
    encoding: 'utf8',
  });
  const faces = [...new Set(text.split('\n').filter((line) => line.trim() !== ''))];
  // Sorted by the end of the name, so that a part of the list has many families.
  const turned = (name: string) => Array.from(name).reverse().join('');
  return faces.sort((a, b) => (turned(a) < turned(b) ? -1 : 1));
}
