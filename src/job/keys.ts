// Every key of a job file as a flat list, from the schema: what docs/job.md and other listings show.
import { jobJsonSchema } from './jsonSchema.js';
import type { SchemaNode } from './schemaTree.js';

export interface JobKey {
  /** `network.hidden[].width`; `<name>` stands for a name that the user chooses. */
  readonly path: string;
  /** The alternative that the key belongs to, e.g. `format: csv`, the outermost first; empty where it always exists. */
  readonly when: string;
  /** e.g. `whole number ≥ 1`. */
  readonly type: string;
  /** JSON of the default; null where there is none. */
  readonly default: string | null;
  readonly required: boolean;
  readonly description: string;
}

/** In the order of the schema; a mapping comes before its own keys. */
export function jobKeys(): JobKey[] {
  return propertiesOf(jobJsonSchema(), '', '');
}

/** The keys as a Markdown table; alternatives that have a key in common share its row. */
export function jobKeyTable(): string {
  const shared = new Map<string, { readonly key: JobKey; readonly alternatives: string[] }>();
  for (const key of jobKeys()) {
    const { when, ...meaning } = key;
    const row = shared.get(JSON.stringify(meaning)) ?? { key, alternatives: [] };
    shared.set(JSON.stringify(meaning), row);
    row.alternatives.push(when);
  }
  const rows = [...shared.values()].map(({ key: { path, type, default: value, required, description }, alternatives }) => {
    const when = commonly(alternatives);
    const name = `\`${path}\`${when === '' ? '' : ` (${when})`}`;
    const fallback = required ? 'required' : value === null ? '' : `\`${value}\``;
    const meaning = description.replaceAll('<', '&lt;');
    return `| ${[name, type, fallback, meaning].map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
  });
  return ['| key | type | default | meaning |', '| --- | --- | --- | --- |', ...rows].join('\n');
}

/** `method: map` and `method: vi` as `method: map, vi`; alternatives within alternatives keep what follows the first. */
function commonly(alternatives: readonly string[]): string {
  const heads = new Map<string, string[]>();
  for (const when of alternatives) {
    const [head, ...rest] = when.split('; ');
    const within = rest.map((part) => `; ${part}`).join('');
    heads.set(within, [...(heads.get(within) ?? []), head!]);
  }
  return [...heads].map(([within, outer]) => `${outer.map((head, i) => (i > 0 ? head.replace(/^.*: /, '') : head)).join(', ')}${within}`).join(' or ');
}

function propertiesOf(node: SchemaNode, path: string, when: string): JobKey[] {
  return Object.entries(node.properties ?? {}).flatMap(([name, child]) => {
    const childPath = path === '' ? name : `${path}.${name}`;
    const required = node.required?.includes(name) ?? false;
    return [keyOf(child, childPath, when, required), ...childrenOf(child, childPath, when)];
  });
}

function keyOf(node: SchemaNode, path: string, when: string, required: boolean): JobKey {
  const isMapping = node.properties !== undefined || typeof node.additionalProperties === 'object';
  const value = node.default === undefined || isMapping ? null : JSON.stringify(node.default);
  return { path, when, type: typeOf(node), default: value, required, description: node.description ?? '' };
}

function childrenOf(node: SchemaNode, path: string, when: string): JobKey[] {
  const branches = [...(node.anyOf ?? []), ...(node.oneOf ?? [])];
  return [
    ...propertiesOf(node, path, when),
    ...(node.items ? childrenOf(node.items, `${path}[]`, when) : []),
    ...(typeof node.additionalProperties === 'object' ? childrenOf(node.additionalProperties, `${path}.<name>`, when) : []),
    ...branches.flatMap((branch) => childrenOf(branch, path, [when, discriminator(branch)].filter((part) => part !== '').join('; '))),
  ];
}

/** `format: csv` where one property of a branch is a constant. */
function discriminator(branch: SchemaNode): string {
  const constant = Object.entries(branch.properties ?? {}).find(([, child]) => child.const !== undefined);
  return constant ? `${constant[0]}: ${String(constant[1].const)}` : '';
}

function typeOf(node: SchemaNode): string {
  if (node.const !== undefined) return JSON.stringify(node.const);
  if (node.enum) return node.enum.map((value) => JSON.stringify(value)).join(' or ');
  const branches = [...(node.anyOf ?? []), ...(node.oneOf ?? [])];
  if (branches.length > 0) return [...new Set(branches.map(typeOf))].join(' or ');
  if (node.type === 'object') return 'mapping';
  if (node.type === 'array') return `list of ${node.items ? plural(typeOf(node.items)) : 'values'}`;
  if (node.type === 'integer' || node.type === 'number') return `${node.type === 'integer' ? 'whole number' : 'number'}${boundsOf(node)}`;
  return node.type ?? 'any';
}

const plural = (type: string): string => (type === 'mapping' ? 'mappings' : `(${type})`);

function boundsOf({ type, minimum, exclusiveMinimum, maximum, exclusiveMaximum }: SchemaNode): string {
  const bounds: string[] = [];
  if (exclusiveMinimum !== undefined) bounds.push(type === 'integer' ? `≥ ${exclusiveMinimum + 1}` : `> ${exclusiveMinimum}`);
  if (minimum !== undefined && minimum > Number.MIN_SAFE_INTEGER) bounds.push(`≥ ${minimum}`);
  if (exclusiveMaximum !== undefined) bounds.push(`< ${exclusiveMaximum}`);
  if (maximum !== undefined && maximum < Number.MAX_SAFE_INTEGER) bounds.push(`≤ ${maximum}`);
  return bounds.length > 0 ? ` ${bounds.join(', ')}` : '';
}
