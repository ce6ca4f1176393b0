import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { projectRoot } from '../source-files.ts';
import { documentsOf, GENERATED } from './documents.ts';
import { describeServices } from './services.ts';

const documents = documentsOf(await describeServices());
for (const [path, text] of documents) {
  const file = join(projectRoot, GENERATED, path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
}
console.log(`contracts: ${documents.size} documents written to ${GENERATED}`);
