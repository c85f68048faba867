// How the compact forms do beside the draws: a chart a quantity, a bar a form.
import type { TopLevelSpec } from 'vega-lite';
import type { CompactFormName } from '../compact/forms.js';
import { COLOURS, renderChart } from './chart.js';

/** One colour a form wherever forms are shown; the draws themselves have the accent. */
export const FORM_COLOURS: Readonly<Record<CompactFormName, string>> = {
  aligned: COLOURS.aligned,
  raw: COLOURS.raw,
  control: COLOURS.muted,
  'low-rank': 'var(--chain-4)',
};

export interface FormBar {
  readonly label: string;
  readonly colour: string;
  /** Null where there is no number: no bar. */
  readonly value: number | null;
  readonly text: string;
}

export interface FormPanel {
  readonly title: string;
  /** Of every form, in one order for all charts. */
  readonly bars: readonly FormBar[];
  /** End of the axis; default a little more than the largest value. */
  readonly high?: number;
}

const BAR_STEP = 34;
/** Labels included: as wide as a phone shows it, and a third of the page, at its own size. */
const WIDTH = 326;

export function formChart({ title, bars, high }: FormPanel): Promise<string> {
  const values = bars.map((bar) => ({ ...bar, value: bar.value ?? 0 }));
  const domain = [0, high ?? (Math.max(...values.map(({ value }) => value)) * 1.02 || 1)];
  const y = { field: 'label', type: 'nominal', sort: null, axis: { title: null, labelLimit: 200, labelFontSize: 12, labelColor: COLOURS.text } };
  const x = { field: 'value', type: 'quantitative', scale: { domain, nice: false }, axis: null };
  const spec = {
    title: { text: title, frame: 'group' },
    width: WIDTH,
    height: BAR_STEP * bars.length,
    autosize: { type: 'fit-x', contains: 'padding' },
    data: { values },
    layer: [
      { mark: { type: 'bar', height: 18, cornerRadiusEnd: 3, opacity: 0.3 }, encoding: { y, x, color: { field: 'colour', type: 'nominal', scale: null } } },
      { mark: { type: 'text', align: 'left', dx: 7, fontSize: 12, fontWeight: 600 }, encoding: { y, x: { datum: 0 }, text: { field: 'text' }, color: { value: COLOURS.text } } },
    ],
  };
  return renderChart(spec as unknown as TopLevelSpec, `Bars: ${title} of each form`);
}
