/** In the published package. */
export const isWorkspace: boolean = false;
