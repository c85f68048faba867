// Markdown tables.

/** `rows` of text; the first column is left-aligned, the others right-aligned. */
export function markdownTable(head, rows) {
  const line = (cells) => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map((_, i) => (i === 0 ? '---' : '---:'))), ...rows.map(line)].join('\n');
}

export const percent = (share, digits = 1) => (Number.isFinite(share) ? `${(100 * share).toFixed(digits)} %` : '–');
export const number = (value, digits = 3) => (Number.isFinite(value) ? value.toFixed(digits) : '–');
