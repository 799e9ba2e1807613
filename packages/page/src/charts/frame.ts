/**
 * Widths drawn, in pixels: one for the text column, one for telephones and for two charts abreast; the stylesheet
 * shows one.
 */
export const widths = { wide: 704, narrow: 400 } as const;

/** Room around the plot for axis labels and line names: the same in each chart, so that plots align. */
export const padding = { left: 52, right: 62, top: 8, bottom: 42 };
