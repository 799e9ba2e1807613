export declare const noLiteralSpread: import('eslint').Rule.RuleModule;
