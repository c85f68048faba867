// A self-contained page: head, header with navigation, body, footer. Nothing is fetched to view it.
import { escapeHtml } from './html.js';
import type { Section } from './section.js';
import { STYLE } from './style.js';

export interface Page {
  /** Text. */
  readonly heading: string;
  readonly eyebrow: string;
  readonly lead: string;
  readonly footer: string;
  /** Of basinet. */
  readonly version: string;
  /** Already HTML; stands above the sections. */
  readonly summary: string;
  readonly sections: readonly Section[];
}

export function renderPage({ heading, eyebrow, lead, footer, version, summary, sections }: Page): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="generator" content="basinet ${escapeHtml(version)}">
<title>${escapeHtml(`${heading} · basinet`)}</title>
<link rel="icon" href="data:,">
<style>${STYLE}</style>
</head>
<body>
<header class="top"><div>
<p class="eyebrow">${escapeHtml(eyebrow)}</p>
<h1>${escapeHtml(heading)}</h1>
<p class="lead">${escapeHtml(lead)}</p>
<nav aria-label="Sections">${sections.map(({ id, label }) => `<a href="#${id}">${escapeHtml(label)}</a>`).join('')}</nav>
</div></header>
<main>
${summary}
${sections.map(({ id, html }) => `<section id="${id}">${html}</section>`).join('\n')}
</main>
<footer>${escapeHtml(footer)}</footer>
</body>
</html>
`;
}
