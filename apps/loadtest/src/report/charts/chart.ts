/** An axis: which values it spans, and where it is labelled. */
export interface Axis {
  readonly title: string;
  readonly kind: 'linear' | 'log';
  readonly domain: readonly [number, number];
  readonly ticks: readonly { readonly value: number; readonly label: string }[];
}

/** A point; undefined where there is nothing to show, which breaks a line. */
export interface Point {
  readonly x: number;
  readonly y: number | undefined;
  /** Lower edge of an area or a bar. @default - the axis */
  readonly y0?: number;
}

/** Points of one kind. `look` is the class that colours them in either theme. */
export interface Series {
  readonly name: string;
  readonly look: string;
  readonly shape: 'line' | 'dashed' | 'area' | 'steps' | 'bars';
  readonly points: readonly Point[];
  /** Left out of the legend and the readout: the shade of a series that has a line of its own. */
  readonly silent?: boolean;
}

/** A line across the plot with a word to it. */
export interface Mark {
  readonly axis: 'x' | 'y';
  readonly value: number;
  readonly label: string;
}

/** What the pointer reads at one place of the x axis. */
export interface Reading {
  readonly x: number;
  readonly title: string;
  /** One text for each series that is not silent, in their order. */
  readonly texts: readonly string[];
}

/** A chart as data: what to draw, how to read it, and the same as a table for those who cannot see it. */
export interface Chart {
  readonly id: string;
  readonly title: string;
  /** One or two sentences: what is to be seen, and how to read it. */
  readonly caption: string;
  readonly x: Axis;
  readonly y: Axis;
  readonly series: readonly Series[];
  readonly marks?: readonly Mark[];
  readonly readings: readonly Reading[];
  readonly table: { readonly head: readonly string[]; readonly rows: readonly (readonly string[])[] };
}
