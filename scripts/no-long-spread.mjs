// An ESLint rule: `f(...values)` passes every value as an argument, and about 120,000 of them overflow
// the stack. A call may spread only values of a fixed length, known from their type or literal.
import ts from 'typescript';

const message =
  'Spreads a list of any length into arguments, and a long one overflows the stack; use highest, lowest, concat, flat or a loop.';

/** @type {import('eslint').Rule.RuleModule} */
export const noLongSpread = {
  meta: { type: 'problem', schema: [], messages: { long: message } },
  create(context) {
    const { program, esTreeNodeToTSNodeMap } = context.sourceCode.parserServices;
    const checker = program?.getTypeChecker();
    const isFixed = (node) => {
      if (node.type === 'ArrayExpression') return node.elements.every(isFixedElement);
      if (node.type === 'TSAsExpression') return isFixed(node.expression);
      if (node.type === 'ConditionalExpression')
        return [node.consequent, node.alternate].every(isFixed);
      return (
        checker !== undefined && isTuple(checker.getTypeAtLocation(esTreeNodeToTSNodeMap.get(node)))
      );
    };
    const isFixedElement = (element) =>
      element?.type !== 'SpreadElement' || isFixed(element.argument);
    return {
      ':matches(CallExpression, NewExpression) > SpreadElement'(node) {
        if (!isFixed(node.argument)) context.report({ node, messageId: 'long' });
      },
      'MemberExpression[property.name="apply"]'(node) {
        context.report({ node, messageId: 'long' });
      },
    };
  },
};

/** Whether values of a type are tuples without a rest, or a union of such types. */
function isTuple(type) {
  if (type.isUnion()) return type.types.every(isTuple);
  return (type.target?.elementFlags ?? [ts.ElementFlags.Rest]).every(
    (flags) => (flags & ts.ElementFlags.Variable) === 0,
  );
}
