// Arrays as PNG data URIs: grey inputs, diverging means, sequential standard deviations, tiles in a grid.
import { encode } from 'fast-png';

/** Red, green, blue of a value in [0, 1]. */
export type ColourMap = (value: number) => readonly [number, number, number];

/** Linear in RGB between stops that are evenly spaced. */
function gradient(stops: readonly (readonly [number, number, number])[]): ColourMap {
  return (value) => {
    const place = Math.min(1, Math.max(0, value)) * (stops.length - 1);
    const low = Math.min(stops.length - 2, Math.floor(place));
    const t = place - low;
    const a = stops[low]!;
    const b = stops[low + 1]!;
    return [a[0] + t * (b[0] - a[0]), a[1] + t * (b[1] - a[1]), a[2] + t * (b[2] - a[2])];
  };
}

/** Blue for negative, white for zero, red for positive (ColorBrewer RdBu, reversed). */
export const DIVERGING = gradient([
  [5, 48, 97],
  [33, 102, 172],
  [67, 147, 195],
  [146, 197, 222],
  [209, 229, 240],
  [247, 247, 247],
  [253, 219, 199],
  [244, 165, 130],
  [214, 96, 77],
  [178, 24, 43],
  [103, 0, 31],
]);

/** Dark to bright, even in lightness (viridis). */
export const SEQUENTIAL = gradient([
  [68, 1, 84],
  [72, 40, 120],
  [62, 74, 137],
  [49, 104, 142],
  [38, 130, 142],
  [31, 158, 137],
  [53, 183, 121],
  [109, 205, 89],
  [180, 222, 44],
  [253, 231, 37],
]);

export const GREY = gradient([
  [255, 255, 255],
  [17, 24, 39],
]);

export interface TileGrid {
  /** Values of tile t start at t·height·width, row-major. */
  readonly values: ArrayLike<number>;
  readonly tiles: number;
  readonly height: number;
  readonly width: number;
  readonly columns: number;
  readonly map: ColourMap;
  /** Values that the ends of the colour map stand for. */
  readonly low: number;
  readonly high: number;
}

/** Tiles in rows of `columns`, one transparent pixel between them. NaN is transparent. */
export function tilesToPng({ values, tiles, height, width, columns, map, low, high }: TileGrid): PngImage {
  const rows = Math.ceil(tiles / columns);
  const imageWidth = columns * (width + 1) - 1;
  const imageHeight = rows * (height + 1) - 1;
  const pixels = new Uint8Array(imageWidth * imageHeight * 4);
  for (let tile = 0; tile < tiles; tile++) {
    const top = Math.floor(tile / columns) * (height + 1);
    const left = (tile % columns) * (width + 1);
    for (let i = 0; i < height * width; i++) {
      const value = values[tile * height * width + i]!;
      if (Number.isNaN(value)) continue;
      const [red, green, blue] = map((value - low) / (high - low || 1));
      const at = 4 * ((top + Math.floor(i / width)) * imageWidth + left + (i % width));
      pixels[at] = Math.round(red);
      pixels[at + 1] = Math.round(green);
      pixels[at + 2] = Math.round(blue);
      pixels[at + 3] = 255;
    }
  }
  const png = encode({ width: imageWidth, height: imageHeight, data: pixels, channels: 4, depth: 8 });
  return { uri: `data:image/png;base64,${Buffer.from(png).toString('base64')}`, width: imageWidth, height: imageHeight };
}

export interface PngImage {
  readonly uri: string;
  readonly width: number;
  readonly height: number;
}

/** A horizontal strip from the low end of a map to its high end, for legends. */
export function colourBar(map: ColourMap): string {
  const values = Float32Array.from({ length: 128 }, (_, i) => i / 127);
  return tilesToPng({ values, tiles: 1, height: 1, width: 128, columns: 1, map, low: 0, high: 1 }).uri;
}
