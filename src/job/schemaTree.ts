// Looks up what the job schema allows at a path.
import { jobJsonSchema } from './jsonSchema.js';

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

/** The schema's nodes at a path: several where unions branch. */
function nodesAt(path: readonly PropertyKey[]): SchemaNode[] {
  const branchesOf = (node: SchemaNode): SchemaNode[] => {
    const branches = [...(node.anyOf ?? []), ...(node.oneOf ?? [])];
    return branches.length > 0 ? branches.flatMap(branchesOf) : [node];
  };
  let nodes = branchesOf(jobJsonSchema());
  for (const key of path) {
    nodes = nodes.flatMap((node) => {
      const { properties, additionalProperties, items } = node;
      const next =
        typeof key === 'number'
          ? items
          : properties && Object.hasOwn(properties, key)
            ? properties[String(key)]
            : typeof additionalProperties === 'object'
              ? additionalProperties
              : undefined;
      return next ? branchesOf(next) : [];
    });
  }
  return nodes;
}

/** Keys that an object at this path may have. */
export const keysAt = (path: readonly PropertyKey[]): string[] => [...new Set(nodesAt(path).flatMap((node) => Object.keys(node.properties ?? {})))];

/** Constants that a value at this path may be. */
export const constantsAt = (path: readonly PropertyKey[]): unknown[] => [
  ...new Set(nodesAt(path).flatMap((node) => (node.const === undefined ? (node.enum ?? []) : [node.const]))),
];
