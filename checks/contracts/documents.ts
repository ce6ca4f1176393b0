import { asyncapiDocument } from '@phone82/contracts';
import type { Described } from './services.ts';

/** Where the documents are kept, below the project. */
export const GENERATED = 'contracts/generated';

/** The documents as files: their path below {@link GENERATED} and their text. */
export function documentsOf(services: readonly Described[]): ReadonlyMap<string, string> {
  const asText = (document: object) => `${JSON.stringify(document, null, 2)}\n`;
  return new Map([
    ['asyncapi.json', asText(asyncapiDocument())],
    ...services.map(({ name, openapi }) => [`openapi/${name}.json`, asText(openapi)] as const),
  ]);
}
