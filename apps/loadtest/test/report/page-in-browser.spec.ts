import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import { buildRecord } from '../../src/record/build-record';
import { writeReports } from '../../src/report/write-reports';
import { startChromium } from './chromium';
import { syntheticContext, syntheticMeasurement, syntheticRecord } from './synthetic-run';

const folder = mkdtempSync(join(tmpdir(), 'loadlab-browser-'));
const record = syntheticRecord(2);
const failing = buildRecord(
  { target: [syntheticMeasurement({ seconds: 20, streaming: true, failing: { status5xx: 0.1, timeout: 0.05 } })] },
  syntheticContext({ id: 'failing' }),
);
let browser: Browser;

beforeAll(async () => {
  for (const each of [record, failing]) {
    mkdirSync(join(folder, each.id));
    writeReports(each, join(folder, each.id));
  }
  browser = await startChromium();
});
afterAll(async () => {
  await browser.close();
  rmSync(folder, { recursive: true });
});

/** The page in a tab that is cut off from any network, with all that it complained of or asked for. */
async function open({ width = 1280, dark = false, of = record } = {}): Promise<{ page: Page; complaints: string[] }> {
  const context = await browser.newContext({
    viewport: { width, height: 900 },
    colorScheme: dark ? 'dark' : 'light',
    offline: true,
  });
  const page = await context.newPage();
  const complaints: string[] = [];
  const file = pathToFileURL(join(folder, of.id, 'report.html')).href;
  page.on('console', (message) => complaints.push(`console: ${message.text()}`));
  page.on('pageerror', (error) => complaints.push(`error: ${error.message}`));
  page.on('request', (request) => {
    if (request.url() !== file && !request.url().startsWith('data:')) complaints.push(`request: ${request.url()}`);
  });
  await page.goto(file);
  return { page, complaints };
}

describe('the page in Chromium', () => {
  it('shows the figures of its record, asks for nothing and complains of nothing', async () => {
    const { page, complaints } = await open();
    const figure = async (path: string): Promise<string> =>
      (await page.locator(`[data-metric="${path}"]`).first().innerText()).replace(/\s+/g, ' ');
    expect(await figure('latency.p50')).toBe(`${(record.latency.p50! / 1000).toFixed(1)} ms`);
    expect(await figure('latency.p99')).toBe(`${(record.latency.p99! / 1000).toFixed(1)} ms`);
    expect(await figure('rate.achieved')).toBe(`${record.rate.achieved.toFixed(1)} requests/s`);
    expect(await figure('counts.started')).toBe('4,000');
    expect(await figure('errorRate')).toBe('0 %');
    expect(await figure('overhead.direct.p50.shiftUs')).toBe(
      `+${(record.overhead!.direct!.p50!.shiftUs / 1000).toFixed(2)} ms`,
    );
    expect(await page.locator('main').getAttribute('data-verdict')).toBe('passed');
    expect(complaints).toEqual([]);
  });

  it('draws every chart, and reads it out under the pointer', async () => {
    const { page } = await open();
    const charts = page.locator('svg.chart.wide');
    expect(await charts.count()).toBe(4);
    for (const chart of await charts.all()) expect(await chart.locator('path').count()).toBeGreaterThan(0);
    const quantiles = page.locator('#quantiles');
    await quantiles.locator('svg.wide').scrollIntoViewIfNeeded();
    await quantiles.locator('svg.wide').hover({ position: { x: 500, y: 120 } });
    expect(await quantiles.locator('.readout').innerText()).toMatch(
      /^p9\d(\.\d+)?\n.*through the gateway 1\d\d\.\d ms/s,
    );
  });

  it('switches between light and dark', async () => {
    const { page, complaints } = await open({ dark: true });
    const background = (): Promise<unknown> => page.evaluate('getComputedStyle(document.body).backgroundColor');
    const dark = await background();
    await page.getByRole('button', { name: 'Light' }).click();
    const light = await background();
    expect({ dark, light }).toEqual({ dark: 'rgb(13, 18, 25)', light: 'rgb(244, 246, 249)' });
    expect(complaints).toEqual([]);
  });

  it('is light on paper, whatever the screen is', async () => {
    const { page } = await open({ dark: true });
    const ink = (): Promise<unknown> => page.evaluate('getComputedStyle(document.body).color');
    const onScreen = await ink();
    await page.emulateMedia({ media: 'print' });
    expect([onScreen, await ink()]).toEqual(['rgb(231, 237, 245)', 'rgb(20, 32, 46)']);
  });

  it.each([1280, 768, 390, 320])('fits a screen of %d px, with charts drawn for it', async (width) => {
    const { page } = await open({ width, of: failing });
    expect(await page.evaluate('document.documentElement.scrollWidth - window.innerWidth')).toBeLessThanOrEqual(0);
    expect(await page.locator('svg.chart.narrow').first().isVisible()).toBe(width < 640);
  });

  it('shows on a phone both figures beside each other, this run and the published one', async () => {
    const { page } = await open({ width: 390, of: failing });
    const hidden = `(({ scrollWidth, clientWidth }) => scrollWidth - clientWidth)(document.querySelector('#published .scroll'))`;
    expect(await page.evaluate(hidden)).toBeLessThanOrEqual(0);
  });

  it('has a table of numbers for each chart, and a name and a description', async () => {
    const { page } = await open();
    for (const figure of await page.locator('figure[data-chart]').all()) {
      expect(await figure.locator('details table tbody tr').count()).toBeGreaterThan(5);
      expect(await figure.locator('svg.wide > title').count()).toBe(1);
      expect(await figure.locator('svg.wide > desc').count()).toBe(1);
    }
  });
});
