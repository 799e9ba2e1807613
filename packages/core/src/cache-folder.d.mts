/** A folder that exists and can be written: `preferred`, or one for it among the temporary files. */
export function cacheFolder(preferred: string): string;
