// Looks up what the job schema allows at a path.
import { jobJsonSchema } from './jsonSchema.js';

const SCHEMA: SchemaNode = jobJsonSchema();

/** The parts of JSON Schema that the job schema uses. */
export interface SchemaNode {
  readonly type?: string;
  readonly description?: string;
  readonly default?: unknown;
  readonly properties?: Readonly<Record<string, SchemaNode>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: SchemaNode | boolean;
  readonly items?: SchemaNode;
  readonly anyOf?: readonly SchemaNode[];
  readonly oneOf?: readonly SchemaNode[];
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly minimum?: number;
  readonly exclusiveMinimum?: number;
  readonly maximum?: number;
  readonly exclusiveMaximum?: number;
}

/**
 * The schema's nodes at a path. Where alternatives branch on a constant (`format: csv`), those that `input` contradicts
 * are left out, unless it contradicts all.
 */
function nodesAt(path: readonly PropertyKey[], input: unknown): SchemaNode[] {
  let value = input;
  let nodes = branchesOf(SCHEMA, value);
  for (const key of path) {
    value = typeof value === 'object' && value !== null && Object.hasOwn(value, key) ? (value as Record<PropertyKey, unknown>)[key] : undefined;
    nodes = nodes.flatMap((node) => {
      const next = childAt(node, key);
      return next ? branchesOf(next, value) : [];
    });
  }
  return nodes;
}

function childAt({ properties, additionalProperties, items }: SchemaNode, key: PropertyKey): SchemaNode | undefined {
  if (typeof key === 'number') return items;
  if (properties && Object.hasOwn(properties, key)) return properties[String(key)];
  return typeof additionalProperties === 'object' ? additionalProperties : undefined;
}

function branchesOf(node: SchemaNode, value: unknown): SchemaNode[] {
  const branches = [...(node.anyOf ?? []), ...(node.oneOf ?? [])];
  if (branches.length === 0) return [node];
  const fitting = branches.filter((branch) => !contradicts(branch, value));
  return (fitting.length > 0 ? fitting : branches).flatMap((branch) => branchesOf(branch, value));
}

function contradicts({ properties = {} }: SchemaNode, value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  const given = value as Record<string, unknown>;
  return Object.entries(properties).some(([name, { const: constant, default: fallback }]) => constant !== undefined && (given[name] ?? fallback) !== constant);
}

/** Keys that an object at this path may have. */
export const keysAt = (path: readonly PropertyKey[], input: unknown): string[] => [
  ...new Set(nodesAt(path, input).flatMap((node) => Object.keys(node.properties ?? {}))),
];

/** Constants that a value at this path may be. */
export const constantsAt = (path: readonly PropertyKey[], input: unknown): unknown[] => [
  ...new Set(nodesAt(path, input).flatMap((node) => (node.const === undefined ? (node.enum ?? []) : [node.const]))),
];

/** Whether every number at this path is a whole one. */
export const isWholeAt = (path: readonly PropertyKey[], input: unknown): boolean =>
  nodesAt(path, input).every((node) => node.type !== 'number') && nodesAt(path, input).some((node) => node.type === 'integer');
