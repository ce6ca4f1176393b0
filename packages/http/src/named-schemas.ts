interface OpenapiDocument {
  readonly paths?: object;
  readonly components?: { readonly schemas?: object };
}

/** Moves every schema that has a title to `components/schemas` under that name, so that a reader meets it once. */
export function namedSchemas<D extends OpenapiDocument>(document: D): D {
  const schemas: Record<string, unknown> = { ...document.components?.schemas };
  const walk = (node: unknown): unknown => {
    if (Array.isArray(node)) return node.map(walk);
    if (node === null || typeof node !== 'object') return node;
    const copy = Object.fromEntries(Object.entries(node).map(([key, value]) => [key, walk(value)]));
    const { title, type, anyOf } = copy;
    if (typeof title !== 'string' || !(type ?? anyOf)) return copy;
    const name = title.replaceAll(/\W/g, '');
    schemas[name] = copy;
    return { $ref: `#/components/schemas/${name}` };
  };
  const paths = walk(document.paths);
  return { ...document, paths, components: { ...document.components, schemas } } as D;
}
