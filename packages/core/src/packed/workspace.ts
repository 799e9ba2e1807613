// In the published package.
import type * as inWorkspace from '../workspace.ts';

export const isWorkspace: typeof inWorkspace.isWorkspace = false;
