// Markup as tags and the text between them. For markup that `html` made: every element that is not void has an end
// tag, and attributes are quoted.

/** Elements without an end tag. */
const voidNames = new Set([
  'area',
  'br',
  'col',
  'embed',
  'hr',
  'img',
  'input',
  'link',
  'meta',
  'source',
  'wbr',
]);

/** Elements whose content is passed over as one piece of text. */
const closedNames = new Set(['script', 'style', 'template', 'textarea', 'title']);

export interface Token {
  /** The token as it stands in the markup: all of them in a row are the markup. */
  readonly text: string;
  readonly kind: 'begin' | 'end' | 'alone' | 'text' | 'closed';
  /** Name of the element; empty for text and comments. */
  readonly name: string;
}

/** Cuts markup into its tokens. */
export function* tokensOf(markup: string): Generator<Token> {
  let at = 0;
  while (at < markup.length) {
    const end = markup[at] === '<' ? endOfTag(markup, at) : endOfText(markup, at);
    const text = markup.slice(at, end);
    const token = text.startsWith('<') ? toTag(text) : toText(text);
    yield token;
    at = end;
    if (token.kind !== 'begin' || !closedNames.has(token.name)) continue;
    const close = markup.indexOf(`</${token.name}`, at);
    const inside = markup.slice(at, close === -1 ? markup.length : close);
    if (inside !== '') yield { text: inside, kind: 'closed', name: '' };
    at += inside.length;
  }
}

const toText = (text: string): Token => ({ text, kind: 'text', name: '' });

function toTag(text: string): Token {
  const [, slash, name] = /^<(\/?)([a-zA-Z][^\s/>]*)/.exec(text) ?? ['', '', ''];
  if (name === '') return { text, kind: 'alone', name };
  if (slash === '/') return { text, kind: 'end', name };
  const isAlone = text.endsWith('/>') || voidNames.has(name);
  return { text, kind: isAlone ? 'alone' : 'begin', name };
}

function endOfText(markup: string, from: number): number {
  const end = markup.indexOf('<', from);
  return end === -1 ? markup.length : end;
}

/** After the first `>` that no quoted value has. */
function endOfTag(markup: string, from: number): number {
  if (markup.startsWith('<!--', from)) return after(markup, '-->', from);
  const marks = /["'>]/g;
  marks.lastIndex = from;
  for (let mark = marks.exec(markup); mark !== null; mark = marks.exec(markup)) {
    if (mark[0] === '>') return mark.index + 1;
    marks.lastIndex = after(markup, mark[0], mark.index + 1);
  }
  return markup.length;
}

function after(markup: string, text: string, from: number): number {
  const at = markup.indexOf(text, from);
  return at === -1 ? markup.length : at + text.length;
}
