/** Whether this is the workspace of our sources; false in the published packages. */
export const isWorkspace: boolean = true;
