// The texts of the package's sources, found in their syntax: what is written in each language, and what
// is written in English alone.
import ts from 'typescript';
import { foreignWords } from './foreign-words.ts';

/** A text as it is written, with its place. */
export interface FoundText {
  where: string;
  text: string;
}

/** The texts of the sources. */
export interface FoundTexts {
  /** Korean texts. */
  korean: FoundText[];
  /** English texts between tags or in described attributes that no Korean one stands beside. */
  untranslated: FoundText[];
}

/** Properties of tables, charts and cells that a reader sees. */
const shown = new Set(['alt', 'caption', 'head', 'kicker', 'label', 'lead', 'title']);

/** Reads one source file. */
export function findTexts(file: string, source: string): FoundTexts {
  const tree = ts.createSourceFile(file, source, ts.ScriptTarget.Latest, true);
  const found: FoundTexts = { korean: [], untranslated: [] };
  const place = (node: ts.Node) =>
    `${file}:${tree.getLineAndCharacterOfPosition(node.getStart()).line + 1}`;
  const visit = (node: ts.Node): void => {
    if (ts.isObjectLiteralExpression(node)) {
      const [en, ko] = ['en', 'ko'].map((name) => valueOf(node, name));
      if (en && ko) {
        for (const text of writtenIn(ko)) found.korean.push({ where: place(ko), text });
        return;
      }
      for (const property of node.properties) {
        if (!ts.isPropertyAssignment(property) || !shown.has(property.name.getText())) continue;
        note(property.initializer, writtenIn(property.initializer));
      }
    }
    if (ts.isTaggedTemplateExpression(node) && node.tag.getText() === 'html') {
      note(node, [visibleText(node.template)]);
    }
    ts.forEachChild(node, visit);
  };
  const note = (node: ts.Node, texts: string[]) => {
    for (const text of texts.filter((one) => foreignWords(one).length > 0)) {
      found.untranslated.push({ where: place(node), text: text.trim() });
    }
  };
  visit(tree);
  return found;
}

function valueOf(node: ts.ObjectLiteralExpression, name: string): ts.Expression | undefined {
  const property = node.properties.find((one) => one.name?.getText() === name);
  return property && ts.isPropertyAssignment(property) ? property.initializer : undefined;
}

/** Text between the tags of a template, with what its described attributes say. */
function visibleText(template: ts.TemplateLiteral): string {
  const markup = literalsOf(template).join('0');
  const described = [...markup.matchAll(/ (?:alt|title|aria-label)="([^"]*)"/g)];
  const between = markup
    .replaceAll(/<(code|pre|style|script)\b[^>]*>.*?<\/\1>/gs, ' ')
    .replaceAll(/<[^>]*(?:>|$)/g, ' ')
    .replace(/^ ?[a-z-]+(?:="[^"]*")?$/, ' ') // an attribute alone
    .replaceAll(/&\w+;/g, ' ');
  return [between, ...described.map(([, text]) => text)].join(' ').replaceAll(/\s+/g, ' ');
}

/** The words of an expression, without the values put into it. */
function writtenIn(node: ts.Expression): string[] {
  if (ts.isStringLiteral(node)) return [node.text];
  if (ts.isTemplateLiteral(node)) return [literalsOf(node).join('0')];
  if (ts.isTaggedTemplateExpression(node)) return [visibleText(node.template)];
  if (ts.isConditionalExpression(node)) {
    return [node.whenTrue, node.whenFalse].flatMap(writtenIn);
  }
  if (ts.isBinaryExpression(node)) return [node.left, node.right].flatMap(writtenIn);
  return [];
}

function literalsOf(template: ts.TemplateLiteral): string[] {
  if (ts.isNoSubstitutionTemplateLiteral(template)) return [template.text];
  return [template.head.text, ...template.templateSpans.map(({ literal }) => literal.text)];
}
