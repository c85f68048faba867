// The frame of a report: one self-contained page, its head, its navigation, its sections.
import { escapeHtml } from './html.js';
import type { Section } from './section.js';
import { STYLE } from './style.js';

export interface PageOptions {
  readonly title: string;
  /** Above the title: what sort of report it is. */
  readonly kind: string;
  /** Version of basinet. */
  readonly version: string;
  /** HTML, as everything below: a sentence or two under the title. */
  readonly lead: string;
  /** Between the navigation and the first section. */
  readonly beforeSections: string;
  readonly sections: readonly Section[];
  readonly footer: string;
}

export function page({ title, kind, version, lead, beforeSections, sections, footer }: PageOptions): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="generator" content="basinet ${escapeHtml(version)}">
<title>${escapeHtml(`${title} · basinet`)}</title>
<link rel="icon" href="data:,">
<style>${STYLE}</style>
</head>
<body>
<header class="top"><div>
<p class="eyebrow">${escapeHtml(kind)}</p>
<h1>${escapeHtml(title)}</h1>
<p class="lead">${lead}</p>
<nav aria-label="Sections">${sections.map(({ id, label }) => `<a href="#${id}">${escapeHtml(label)}</a>`).join('')}</nav>
</div></header>
<main>
${beforeSections}
${sections.map(({ id, html }) => `<section id="${id}">${html}</section>`).join('\n')}
</main>
<footer>${footer}</footer>
</body>
</html>
`;
}
