// The most that the files of a run directory hold. The trainer writes no more, and readers refuse
// more: they take no memory for it.

/**
 * Characters, and bytes, of a line of metrics.ndjson or timing.ndjson: the norms of 1000 layers take 140,000, the
 * phases of 256 workers 160,000, the times of 1000 layers 350,000.
 */
export const longestLine = 1024 * 1024;

/** Workers and spans of a timeline: as many workers as the notebook draws; a span takes 90 characters. */
export const mostTimelineWorkers = 16;
/** Spans that a timeline event has at most. */
export const mostTimelineSpans = 2000;

/** Labels are bytes, but a model may have more outputs. */
export const mostClasses = 32_768;
