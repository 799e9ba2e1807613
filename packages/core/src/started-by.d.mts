/** The variable, for the environment of the process that this one starts. */
export function starterVariable(): Record<string, string>;

/** Whether the environment has the variable: for this process, or for one above it. */
export function hasStarterVariable(): boolean;

/** The version of the Node that started this one; null where none did. Processes below inherit the variable. */
export function startedBy(): string | null;
