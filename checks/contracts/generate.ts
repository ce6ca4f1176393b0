import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { projectRoot } from '../source-files.ts';
import { SECURITY_PAGE, withMatrix } from './access-matrix.ts';
import { documentsOf, GENERATED } from './documents.ts';
import { describeServices } from './services.ts';

const services = await describeServices();
const documents = documentsOf(services);
for (const [path, text] of documents) {
  const file = join(projectRoot, GENERATED, path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
}
const page = join(projectRoot, SECURITY_PAGE);
writeFileSync(page, withMatrix(readFileSync(page, 'utf8'), services));
console.log(`contracts: ${documents.size} documents written to ${GENERATED}`);
