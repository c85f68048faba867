// How numbers read in a terminal: durations, sizes, rates, counts.

/** `850 ms`, `42 s`, `3 min 20 s`, `2 h 05 min`; `–` where unknown. */
export function duration(seconds: number): string {
  if (!Number.isFinite(seconds) || seconds < 0) return '–';
  if (seconds < 0.9995) return `${Math.round(seconds * 1000)} ms`;
  if (seconds < 9.95) return `${seconds.toFixed(1)} s`;
  if (seconds < 99.5) return `${Math.round(seconds)} s`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return `${minutes} min ${String(Math.round(seconds % 60) % 60).padStart(2, '0')} s`;
  return `${Math.floor(minutes / 60)} h ${String(minutes % 60).padStart(2, '0')} min`;
}

/** `512 B`, `1.6 MB`, `48 GB`: decimal units. */
export function bytes(count: number): string {
  return scaled(count, ['B', 'kB', 'MB', 'GB', 'TB', 'PB']);
}

/** `950`, `12.4 k`, `3.1 M`. */
export function amount(count: number): string {
  return scaled(count, ['', 'k', 'M', 'G', 'T', 'P']).trim();
}

function scaled(count: number, units: readonly string[]): string {
  if (!Number.isFinite(count)) return '–';
  let value = count;
  let unit = 0;
  while (Math.abs(value) >= 999.5 && unit < units.length - 1) {
    value /= 1000;
    unit++;
  }
  const digits = unit === 0 || Math.abs(value) >= 99.5 ? 0 : 1;
  const text = unit === 0 && !Number.isInteger(value) ? value.toPrecision(3) : value.toFixed(digits);
  return `${text} ${units[unit]}`;
}

/** Three significant digits, `–` for NaN. */
export function figure(value: number): string {
  if (Number.isNaN(value)) return '–';
  if (!Number.isFinite(value)) return value > 0 ? '∞' : '-∞';
  if (value !== 0 && (Math.abs(value) < 1e-3 || Math.abs(value) >= 1e5)) return value.toExponential(2);
  return Number(value.toPrecision(3)).toString();
}

/** Pads cells so that columns line up; numbers to the right. */
export function table(rows: readonly (readonly string[])[], alignRight: readonly boolean[]): string[] {
  const widths = alignRight.map((_, column) => Math.max(...rows.map((row) => (row[column] ?? '').length)));
  return rows.map((row) =>
    row
      .map((cell, column) => (alignRight[column] ? cell.padStart(widths[column] ?? 0) : cell.padEnd(widths[column] ?? 0)))
      .join('  ')
      .trimEnd(),
  );
}
