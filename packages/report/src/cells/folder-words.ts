// What a data set says of its own files, in Korean: the record has it as an English text.
import { html, type Html, type Text } from '@convbook/page';

const reasons: Readonly<Record<string, string>> = {
  'hidden and system files': '숨김 파일과 시스템 파일',
  'links that leave the folder or lead nowhere': '폴더 밖을 가리키거나 끊어진 링크',
  'links to a folder that was already read': '이미 읽은 폴더로 가는 링크',
  'pipes, sockets and devices': '파이프, 소켓, 장치',
  'files that the list does not name': '목록에 없는 파일',
  'files without the ending of a picture': '확장자가 그림이 아닌 파일',
  'pictures outside a class folder': '클래스 폴더 밖의 그림',
};

/** Why files were passed over; one that is not known stays as it is. */
export function reasonText(reason: string): Text<Html | string> {
  if (Object.hasOwn(reasons, reason)) return { en: reason, ko: reasons[reason] };
  const [, train, test] = /^files outside (.+)\/ and (.+)\/$/.exec(reason) ?? [];
  return {
    en: reason,
    ko: test === undefined ? asCode(reason) : `폴더 ${train}/, ${test}/ 밖의 파일`,
  };
}

/** How the folder is laid out, before the Korean word for layout. */
export function layoutText(layout: string): Text<Html | string> {
  const [, train, test, inEach] = /^(.+)\/ and (.+)\/ with (.+)$/.exec(layout) ?? [];
  if (inEach === undefined) return { en: layout, ko: layoutOfSet(layout) };
  return {
    en: layout,
    ko: html`훈련용 폴더(${train}/)와 시험용 폴더(${test}/)로 나뉘고 ${layoutOfSet(inEach)}`,
  };
}

function layoutOfSet(layout: string): Html | string {
  if (layout === 'a folder a class') return '클래스마다 폴더가 하나씩 있는';
  const [, list] = /^the list (.+)$/.exec(layout) ?? [];
  return list === undefined ? asCode(layout) : `목록 파일(${list})을 따르는`;
}

const origins: readonly (readonly [RegExp, string])[] = [
  [/^Pictures from the folder (.+)$/, '폴더 $1의 그림'],
  [/^IDX files from the folder (.+)$/, '폴더 $1의 IDX 파일'],
  [/^NumPy arrays from (.+)$/, '파일 $1의 NumPy 배열'],
  [
    /^Made by Convbook from seed (\d+): gratings in noise$/,
    'Convbook이 시드 $1에서 만든, 잡음 섞인 줄무늬',
  ],
];
const leftOut: readonly (readonly [RegExp, string])[] = [
  [/^(\d+) damaged ones are passed over$/, '손상된 그림 $1장은 읽지 않음'],
  [/^(\d+) copies are left out of training$/, '중복된 이미지 $1장은 훈련에서 뺌'],
];

/** Where the data come from, in both languages; null for the credit of a known data set, which has its own words. */
export function attributionText(attribution: string): Text | null {
  // The parts after the last semicolons: a folder's name may have some, too.
  const parts: string[] = [];
  let rest = attribution;
  for (let at = rest.lastIndexOf('; '); at >= 0; at = rest.lastIndexOf('; ')) {
    const part = translated(leftOut, rest.slice(at + 2));
    if (part === null) break;
    parts.unshift(part);
    rest = rest.slice(0, at);
  }
  const origin = translated(origins, rest);
  return origin === null ? null : { en: attribution, ko: [origin, ...parts].join('; ') };
}

function translated(table: readonly (readonly [RegExp, string])[], text: string): string | null {
  const found = table.find(([pattern]) => pattern.test(text));
  return found === undefined ? null : text.replace(found[0], found[1]);
}

/** A text that has no translation here, as what the record says word by word. */
function asCode(text: string): Html {
  return html`<code>${text}</code>`;
}
