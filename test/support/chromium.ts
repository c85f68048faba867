// A headless Chromium for looking at pages: CHROMIUM_PATH, the system's, or the one that playwright-core installed.
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { chromium, type Browser } from 'playwright-core';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];

function executable(): string {
  const chosen = process.env.CHROMIUM_PATH;
  const onPath = (process.env.PATH ?? '').split(delimiter).flatMap((directory) => NAMES.map((name) => join(directory, name)));
  const found = [...(chosen === undefined ? [] : [chosen]), ...onPath, chromium.executablePath()].find((path) => existsSync(path));
  if (found === undefined) throw new Error('no Chromium: install the chromium package, run npx playwright-core install chromium, or set CHROMIUM_PATH');
  return found;
}

export function launchChromium(): Promise<Browser> {
  const args = ['--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'];
  return chromium.launch({ executablePath: executable(), args, timeout: 0 });
}
