export function bundleFolder(): string;
