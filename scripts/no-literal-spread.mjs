// An ESLint rule: `{ ...{ a, b }, c }` says in two steps what `{ a, b, c }` says in one.
const message = 'Spreads a literal into another; write its parts out.';

/** @type {import('eslint').Rule.RuleModule} */
export const noLiteralSpread = {
  meta: { type: 'problem', schema: [], messages: { literal: message } },
  create: (context) => ({
    SpreadElement(node) {
      const { argument } = node;
      const literal = argument.type === 'TSAsExpression' ? argument.expression : argument;
      if (['ObjectExpression', 'ArrayExpression'].includes(literal.type)) {
        context.report({ node, messageId: 'literal' });
      }
    },
  }),
};
