// Markup as a person reads it in a diff: one element a line, indented.

/** An element with what is in it, or a piece of text. */
interface Node {
  /** The tag as written, or the text. */
  readonly text: string;
  readonly children: Node[];
}

const isTag = ({ text }: Node) => text.startsWith('<');

/** Elements that have no end. */
const isVoid = (tag: string) => /^<(?:!|meta|link|input|br|img)/.test(tag) || tag.endsWith('/>');

function parse(markup: string): Node {
  const root: Node = { text: '', children: [] };
  const open = [root];
  const plain = markup.replaceAll(/(<(script|style)\b[^>]*>).*?(?=<\/\2>)/gs, '$1');
  for (const part of plain.split(/(<[^>]*>)/)) {
    const text = part
      .replaceAll(/\s+/g, ' ')
      .replace(/ (?=\/?>$)/, '')
      .trim();
    if (text === '') continue;
    if (text.startsWith('</')) {
      open.pop();
      continue;
    }
    const node: Node = { text, children: [] };
    open[open.length - 1].children.push(node);
    if (isTag(node) && !isVoid(text)) open.push(node);
  }
  return root;
}

/** A line for each element, after it the text that it begins with, and a line for each other text. */
function toLines({ text, children }: Node, depth: number): string[] {
  const [first, ...rest] = children;
  const begins = first !== undefined && !isTag(first);
  const line = `${'  '.repeat(depth)}${begins ? `${text} ${first.text}` : text}`;
  const inside = (begins ? rest : children).flatMap((child) => toLines(child, depth + 1));
  return [line, ...inside];
}

function print({ children }: Node): string {
  return `${children.flatMap((child) => toLines(child, 0)).join('\n')}\n`;
}

/** Every element with its text, each on a line of its own, without the tags that end elements. */
export function markupLines(markup: string): string {
  return print(parse(markup));
}

/** Elements whose text the outline has. */
const spoken = /^<(?:title|h[1-6]|summary|caption|th|legend|label|option|dt|button)\b/;

/** Elements that say nothing about how a page is built: what is in them stands in their place. */
const passing = [
  /^<(?:a|b|br|code|dd|div|i|li|p|small|span|strong|tbody|td|tfoot|tr)\b(?![^>]*(?:class|id|data-))/,
  /^<(?:details|div|a) class="(?:fold|scroll|copyable|term)"/,
];

/** Elements that every part or chart has alike. */
const usual = /^<[^>]* (?:class="(?:anchor|cell-number|chart narrow|spec)"|data-copy)/;

/** Elements of which only the tag is shown. */
const closed = /^<(?:(?:tbody|tfoot|script|style|svg|pre|select|template)\b|dl class="terms")/;

/**
 * How a page is built: its elements with id and class, and the words of headings, folds and tables in English.
 * Figures are `#`; rows, drawings and running text are left out. Neighbours that are alike stand once.
 */
export function pageOutline(markup: string): string {
  return print({ text: '', children: outline(parse(markup).children, false) });
}

function outline(nodes: readonly Node[], isSpoken: boolean): Node[] {
  const shown = nodes.flatMap((node): Node[] => {
    if (!isTag(node)) return isSpoken ? [{ text: withoutFigures(node.text), children: [] }] : [];
    if (/^<span lang="ko"/.test(node.text) || usual.test(node.text)) return [];
    const inside = closed.test(node.text)
      ? []
      : outline(node.children, isSpoken || spoken.test(node.text));
    const isPassing = passing.some((pattern) => pattern.test(node.text));
    return isPassing ? inside : [{ text: shortTag(node.text), children: inside }];
  });
  return shown
    .filter((node, k) => k === 0 || toText(node) !== toText(shown[k - 1]))
    .reduce(joinHeads, []);
}

/** Puts a heading of a column after the one before it, on its line. */
function joinHeads(nodes: Node[], node: Node): Node[] {
  const last = nodes.at(-1);
  if (!node.text.startsWith('<th') || !last?.text.startsWith('<th')) return [...nodes, node];
  return [
    ...nodes.slice(0, -1),
    { text: `${last.text}${wordsOf(last)} |`, children: node.children },
  ];
}

const wordsOf = ({ children }: Node): string =>
  children.map((child) => (isTag(child) ? wordsOf(child) : ` ${child.text}`)).join('');

const toText = (node: Node) => toLines(node, 0).join('\n');

const withoutFigures = (text: string) => text.replaceAll(/\d[\d.,]*/g, '#');

/** A tag with only the attributes that say what it is. */
function shortTag(tag: string): string {
  const [name] = /^<[\w!-]+/.exec(tag) ?? [''];
  const kept = tag.match(/ (?:id|class|lang|type|role)="[^"]*"| data-(?!ko\b)[a-z]+(?=[=\s>])/g);
  return `${name}${(kept ?? []).join('')}>`;
}
