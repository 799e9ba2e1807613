import { isWorkspace } from '#workspace';

/** How a command is typed: `pnpm train` in the workspace, `npx convbook train` where the package is installed. */
export function typedCommand(name: string): string {
  return isWorkspace ? `pnpm ${name}` : `npx convbook ${name}`;
}
