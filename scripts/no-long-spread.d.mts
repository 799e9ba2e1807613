export declare const noLongSpread: import('eslint').Rule.RuleModule;
