// The first layer as pictures: mean and standard deviation of every hidden unit's incoming weights, aligned beside raw.
import type { TensorLayout } from '../../network/network.js';
import { finite, quantileOf } from '../distribution.js';
import type { MergedStatistics } from '../statistics.js';
import { escapeHtml, number } from './html.js';
import { colourBar, DIVERGING, SEQUENTIAL, tilesToPng, type ColourMap } from './image.js';

export interface ImageShape {
  readonly height: number;
  readonly width: number;
}

/** Units shown as tiles, strongest first. */
export const MAX_TILES = 64;
/** Rows of a heat map. */
const MAX_ROWS = 128;

export interface WeightMaps {
  readonly html: string;
  readonly shown: number;
  readonly units: number;
}

/**
 * `weight` is the layout of the first layer's weight [units, inputs]. With an image shape each unit is a tile, without
 * one a row of a heat map. All pictures show the same units in the same order, on common scales.
 */
export function weightMaps(weight: TensorLayout, shape: ImageShape | null, aligned: MergedStatistics, raw: MergedStatistics | null): WeightMaps {
  const [units, inputs] = weight.shape as [number, number];
  const part = (values: Float64Array) => values.subarray(weight.offset, weight.offset + weight.size);
  const order = strongestUnits(part(aligned.mean), units, inputs).slice(0, shape === null ? MAX_ROWS : MAX_TILES);
  const pick = (values: Float64Array) => {
    const picked = new Float64Array(order.length * inputs);
    order.forEach((unit, i) => picked.set(part(values).subarray(unit * inputs, (unit + 1) * inputs), i * inputs));
    return picked;
  };
  const spaces = [
    { label: 'aligned', colour: 'var(--aligned)', mean: pick(aligned.mean), std: pick(aligned.std) },
    ...(raw === null ? [] : [{ label: 'as sampled', colour: 'var(--raw)', mean: pick(raw.mean), std: pick(raw.std) }]),
  ];
  const meanEnd = upperEnd(spaces.map(({ mean }) => mean.map(Math.abs)), 0.998);
  const stdEnd = upperEnd(spaces.map(({ std }) => std), 0.998);
  // Not from zero: pixels that never vary keep the prior's deviation, and the rest must stand out against it.
  const stdStart = Math.min(stdEnd, ...spaces.map(({ std }) => quantileOf(finite(std).sort(), 0.002) ?? 0));
  const picture = (values: Float64Array, map: ColourMap, low: number, high: number, what: string, colour: string) => {
    const tiles = shape === null ? { tiles: 1, height: order.length, width: inputs, columns: 1 } : { tiles: order.length, ...shape, columns: columnsFor(order.length) };
    const { uri, width, height } = tilesToPng({ values, ...tiles, map, low, high });
    // A heat map of few inputs would be a sliver: stretch it.
    const stretch = shape === null ? ' style="height:320px"' : '';
    return `<div><h4><span class="dot" style="background:${colour}"></span>${escapeHtml(what)}</h4><img src="${uri}" width="${width}" height="${height}"${stretch} alt="${escapeHtml(`First layer, ${what}, ${order.length} hidden units`)}"><div class="bar"><span>${number(low, 2)}</span><img src="${colourBar(map)}" width="150" height="9" alt=""><span>${number(high, 2)}</span></div></div>`;
  };
  const html = spaces
    .map(({ label, colour, mean, std }) => picture(mean, DIVERGING, -meanEnd, meanEnd, `mean, ${label}`, colour) + picture(std, SEQUENTIAL, stdStart, stdEnd, `standard deviation, ${label}`, colour))
    .join('');
  return { html: `<div class="maps">${html}</div>`, shown: order.length, units };
}

/** Columns of full rows where there are some between a square and one twice as wide. */
function columnsFor(tiles: number): number {
  const square = Math.ceil(Math.sqrt(tiles));
  for (let columns = square; columns <= 2 * square; columns++) if (tiles % columns === 0) return columns;
  return square;
}

function strongestUnits(mean: Float64Array, units: number, inputs: number): number[] {
  const norms = Float64Array.from({ length: units }, (_, unit) => {
    let squares = 0;
    for (let i = unit * inputs; i < (unit + 1) * inputs; i++) squares += mean[i]! ** 2;
    return squares;
  });
  return Array.from(norms.keys()).sort((a, b) => norms[b]! - norms[a]! || a - b);
}

function upperEnd(arrays: readonly Float64Array[], p: number): number {
  return Math.max(...arrays.map((values) => quantileOf(finite(values).sort(), p) ?? 0)) || 1;
}

/**
 * How rows of `features` inputs are shown: square grey images of at least 7 × 7, where the source is not a table of
 * named columns.
 */
export function imageShapeOf(format: string, features: number): ImageShape | null {
  const side = Math.round(Math.sqrt(features));
  return format !== 'csv' && side >= 7 && side * side === features ? { height: side, width: side } : null;
}
