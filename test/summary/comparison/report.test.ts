// The page of a comparison in Chromium: dense and sparse layers, point masses, what was left unaligned.
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { denseNetwork } from '../../../src/network/dense.js';
import { withLearnedNoise } from '../../../src/posterior/build.js';
import { comparePosteriors, type CompareOptions } from '../../../src/summary/comparison/compare.js';
import type { FactorisedGaussian } from '../../../src/summary/comparison/figures.js';
import { renderComparison } from '../../../src/summary/report/comparison.js';
import { launchChromium } from '../../support/chromium.js';
import { shuffled } from '../../support/shuffled.js';
import { normals } from '../../support/uniforms.js';
import { posteriorOf, randomGaussian, relabelled } from './posteriors.js';

const network = denseNetwork(60, [{ width: 32, activation: 'tanh' }, { width: 9, activation: 'tanh' }], 3);
const tensors = withLearnedNoise(network);
const a = randomGaussian(network.dimension + 1, 1);

/** Somewhat elsewhere, and too sure, as a mean-field approximation is; units shuffled. */
function approximation(): FactorisedGaussian {
  const next = normals(2);
  const b = { mean: a.mean.map((value) => value + 0.3 * next()), std: a.std.map((value) => value * 0.6 * Math.exp(0.2 * next())) };
  return relabelled(network, tensors, b, network.groups.map(({ size }, g) => shuffled(size, g + 5)));
}

let directory: string;
let browser: Browser;
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'basinet-comparison-'));
  browser = await launchChromium();
});
afterAll(async () => {
  await browser.close();
  await rm(directory, { recursive: true, force: true });
});

/** Opens the page of A and `b`; nothing may be fetched, and nothing may complain. */
async function open(b: FactorisedGaussian, options: CompareOptions = {}, colorScheme: 'light' | 'dark' = 'light'): Promise<Page> {
  const [left, right] = [posteriorOf(tensors, a, 'hmc', network), posteriorOf(tensors, b, 'runs/<vi>.safetensors')];
  const html = await renderComparison({ a: left, b: right, space: 'aligned', comparison: comparePosteriors(left, right, options), version: '1.2.3' });
  const path = join(directory, 'page.html');
  await writeFile(path, html);
  const page = await browser.newPage({ colorScheme, viewport: { width: 1200, height: 900 } });
  const requests: string[] = [];
  const complaints: string[] = [];
  page.on('console', (message) => complaints.push(message.text()));
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('request', (request) => requests.push(request.url()));
  await page.goto(pathToFileURL(path).href);
  expect(complaints).toEqual([]);
  expect(requests.filter((request) => !request.startsWith('data:'))).toEqual([pathToFileURL(path).href]);
  return page;
}

describe('the page of a comparison', () => {
  it.each(['light', 'dark'] as const)('shows every layer, the ratios and the table, %s', async (colorScheme) => {
    const page = await open(approximation(), {}, colorScheme);
    expect(await page.title()).toBe('hmc and <vi>.safetensors · basinet');
    expect(await page.locator('h1').textContent()).toBe('hmc and <vi>.safetensors');
    expect(await page.locator('h2').allTextContents()).toEqual(['Weight by weight', 'Who is surer', 'By tensor']);
    expect(await page.locator('.notice').count()).toBe(0);
    // Three layers, means beside standard deviations; the one weight of the noise is no picture.
    for (const [id, count] of [['agreement-0', 2], ['agreement-1', 2], ['agreement-2', 2], ['std-ratio', 3]] as const) {
      const charts = page.locator(`figure#${id} svg`);
      expect(await charts.count(), id).toBe(count);
      for (let i = 0; i < count; i++) {
        const box = await charts.nth(i).boundingBox();
        expect(box!.width * box!.height, id).toBeGreaterThan(40_000);
        expect((await charts.nth(i).getAttribute('aria-label'))!.length, id).toBeGreaterThan(20);
        expect(await charts.nth(i).locator('path').count(), id).toBeGreaterThan(20);
      }
    }
    expect(await page.locator('figure#agreement-3').count()).toBe(0);
    // 1,952 weights are a density, 297 are points.
    expect(await page.locator('figure#agreement-0 svg').first().getAttribute('aria-label')).toBe('Density of the mean in B over that in A, layer fc1; equal values lie on the dashed line');
    expect(await page.locator('figure#agreement-1 svg').first().getAttribute('aria-label')).toMatch(/^Scatter plot/);
    expect(await page.locator('figure#agreement-1 svg').first().locator('g.mark-symbol path').count()).toBe(297);
    for (const id of ['distances', 'moments']) {
      expect(await page.locator(`figure#${id} tbody tr`).count()).toBe(8);
      expect(await page.locator(`figure#${id} tbody tr`).last().textContent()).toMatch(/^all2,280 weights/);
    }
    expect(await page.evaluate('Array.from(document.querySelectorAll(".scroll"), (element) => element.scrollWidth - element.clientWidth)')).toEqual([0, 0]);
    expect(await page.locator('.cards .card dt').allTextContents()).toEqual(['KL(A‖B) per weight', 'KL(B‖A) per weight', 'Wasserstein-2', 'Correlation of the means', 'std of B / std of A', 'Correlation of ln std', 'Transpositions, fc1', 'Transpositions, fc2']);
    expect(await page.evaluate('document.documentElement.scrollWidth <= document.documentElement.clientWidth')).toBe(true);
    await page.close();
  });

  it('warns where B was not aligned, and of point masses', async () => {
    const b = approximation();
    b.std[0] = 0;
    const page = await open(b, { align: false });
    expect(await page.locator('.notice').allTextContents()).toEqual([expect.stringContaining('not aligned'), expect.stringContaining('1 of B')]);
    expect(await page.locator('.card .value').first().textContent()).toBe('∞');
    await page.close();
  });

  it('has room for what is the same everywhere', async () => {
    const constant = { mean: new Float32Array(tensors.at(-1)!.offset + 1).fill(0.5), std: new Float32Array(tensors.at(-1)!.offset + 1) };
    const side = posteriorOf(tensors, constant, 'points', network);
    const html = await renderComparison({ a: side, b: side, space: 'raw', comparison: comparePosteriors(side, side), version: '1.2.3' });
    expect(html).not.toMatch(/NaN|undefined|Infinity/);
    expect(html).not.toContain('id="std-ratio"');
    expect(html).toContain('id="agreement-2"');
  });
});
