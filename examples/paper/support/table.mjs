// Markdown tables.

/** `rows` of text; the first column is left-aligned, the others right-aligned. */
export function markdownTable(head, rows) {
  const line = (cells) => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map((_, i) => (i === 0 ? '---' : '---:'))), ...rows.map(line)].join('\n');
}

export const percent = (share, digits = 1) => (Number.isFinite(share) ? `${(100 * share).toFixed(digits)} %` : '–');

/** A power of ten where `digits` decimals would show 0 or more than six digits. */
export function number(value, digits = 3) {
  if (!Number.isFinite(value)) return '–';
  const size = Math.abs(value);
  return size >= 1e6 || (size > 0 && size < 0.5 * 10 ** -digits) ? value.toExponential(1) : value.toFixed(digits);
}
