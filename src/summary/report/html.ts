// Pieces of HTML: escaping, figures, tables, numbers as people read them.

export function escapeHtml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}

export interface FigureOptions {
  readonly title: string;
  /** Already HTML: charts or images. */
  readonly body: string;
  /** HTML; what to look for. */
  readonly caption: string;
  /** Found by tests and by links. */
  readonly id: string;
  readonly wide?: boolean;
}

export function figure({ title, body, caption, id, wide = false }: FigureOptions): string {
  return `<figure id="${id}"${wide ? ' class="wide"' : ''}><h3>${escapeHtml(title)}</h3><div class="plot">${body}</div><figcaption>${caption}</figcaption></figure>`;
}

export interface LabelledChart {
  readonly label: string;
  readonly colour: string;
  /** HTML. */
  readonly chart: string;
}

/** Charts two a row, each under its label and a dot of its colour. */
export function pairs(charts: readonly LabelledChart[]): string {
  return `<div class="pair">${charts.map(({ label, colour, chart }) => `<div><h4><span class="dot" style="background:${colour}"></span>${escapeHtml(label)}</h4>${chart}</div>`).join('')}</div>`;
}

export interface Column<Row> {
  readonly head: string;
  /** HTML of a cell. */
  readonly cell: (row: Row) => string;
  readonly numeric?: boolean;
}

export function table<Row>(columns: readonly Column<Row>[], rows: readonly Row[]): string {
  const head = columns.map(({ head: text, numeric }) => `<th scope="col"${numeric ? ' class="n"' : ''}>${text}</th>`).join('');
  const body = rows
    .map((row) => `<tr>${columns.map(({ cell, numeric }) => `<td${numeric ? ' class="n"' : ''}>${cell(row)}</td>`).join('')}</tr>`)
    .join('');
  return `<div class="scroll"><table><thead><tr>${head}</tr></thead><tbody>${body}</tbody></table></div>`;
}

/** `digits` decimals, or significant digits for the very small and very large; a dash where there is no number. */
export function number(value: number | null, digits = 2): string {
  if (value === null || !Number.isFinite(value)) return '–';
  const magnitude = Math.abs(value);
  if (magnitude >= 1e6) return compact(value);
  if (magnitude >= 1e4) return Math.round(value).toLocaleString('en-US');
  if (magnitude !== 0 && magnitude < 0.5 * 10 ** -digits) return value.toExponential(1).replace('-', '−');
  return value.toFixed(digits).replace('-', '−');
}

/** 12,345 */
export function integer(value: number): string {
  return Math.round(value).toLocaleString('en-US');
}

/** 1.2 M */
export function compact(value: number): string {
  return new Intl.NumberFormat('en-US', { notation: 'compact', maximumFractionDigits: 2 }).format(value);
}

export function percent(value: number | null, digits = 1): string {
  return value === null || !Number.isFinite(value) ? '–' : `${(100 * value).toFixed(digits)}%`;
}

/** 10%, 0.25%: a fraction as it was asked for. */
export function share(fraction: number): string {
  return `${Number((100 * fraction).toPrecision(6))}%`;
}

export function seconds(value: number): string {
  if (value < 90) return `${value.toFixed(value < 10 ? 1 : 0)} s`;
  if (value < 5400) return `${Math.floor(value / 60)} min ${Math.round(value % 60)} s`;
  return `${Math.floor(value / 3600)} h ${Math.round((value % 3600) / 60)} min`;
}
