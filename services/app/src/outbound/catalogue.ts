import { readFileSync } from 'node:fs';
import { ItemResource } from '@phone82/contracts';
import Type from 'typebox';
import { Value } from 'typebox/value';
import type { Catalogue } from '../usecases/ports.ts';

const builtIn = new URL('../../catalogue.json', import.meta.url);
const CatalogueFile = Type.Array(ItemResource, { minItems: 1 });

/**
 * Reads the items that are sold, from an operator's JSON file or the built-in one.
 * @throws Error naming the file and its first fault.
 */
export function loadCatalogue(file: string): Catalogue {
  const items = parseItems(file || builtIn);
  const byId = new Map(items.map((item) => [item.id, item]));
  if (byId.size !== items.length) throw new Error(`the catalogue ${file} has an item twice`);
  return { find: (id) => byId.get(id), list: () => items };
}

function parseItems(file: string | URL): ItemResource[] {
  let items: unknown;
  try {
    items = JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    throw new Error(`the catalogue ${file} can't be read: ${(error as Error).message}`);
  }
  if (Value.Check(CatalogueFile, items)) return items;
  const [fault] = Value.Errors(CatalogueFile, items);
  throw new Error(
    `the catalogue ${file} is not usable: ${fault?.instancePath || 'the whole'} ${fault?.message}`,
  );
}
