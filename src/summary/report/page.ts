// The frame of a self-contained page: head, title, navigation, sections, footer. Nothing is fetched to view it.
import { escapeHtml } from './html.js';
import type { Section } from './section.js';
import { STYLE } from './style.js';

export interface Page {
  /** In the tab; ` · basinet` is appended. */
  readonly title: string;
  /** Above the heading: what kind of page this is. */
  readonly eyebrow: string;
  /** Text, as are title and eyebrow. */
  readonly heading: string;
  /** HTML, as is `overview`: what stands above the first section. */
  readonly lead: string;
  readonly overview: string;
  readonly sections: readonly Section[];
  /** HTML. */
  readonly footer: string;
  /** Of basinet. */
  readonly version: string;
}

export function renderPage({ title, eyebrow, heading, lead, overview, sections, footer, version }: Page): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="generator" content="basinet ${escapeHtml(version)}">
<title>${escapeHtml(title)} · basinet</title>
<link rel="icon" href="data:,">
<style>${STYLE}</style>
</head>
<body>
<header class="top"><div>
<p class="eyebrow">${escapeHtml(eyebrow)}</p>
<h1>${escapeHtml(heading)}</h1>
<p class="lead">${lead}</p>
<nav aria-label="Sections">${sections.map(({ id, label }) => `<a href="#${id}">${escapeHtml(label)}</a>`).join('')}</nav>
</div></header>
<main>
${overview}
${sections.map(({ id, html }) => `<section id="${id}">${html}</section>`).join('\n')}
</main>
<footer>${footer}</footer>
</body>
</html>
`;
}

/** Sentences that a reader must know first. */
export function noticeList(notes: readonly string[]): string {
  return notes.map((note) => `<p class="notice">${escapeHtml(note)}</p>`).join('');
}

export interface Card {
  readonly label: string;
  readonly value: string;
  readonly note: string;
}

/** The figures at the top of a page. */
export function cardList(cards: readonly Card[]): string {
  return `<dl class="cards">${cards
    .map(({ label, value, note }) => `<div class="card"><dt>${escapeHtml(label)}</dt><dd class="value">${escapeHtml(value)}</dd><dd class="note">${escapeHtml(note)}</dd></div>`)
    .join('')}</dl>`;
}
