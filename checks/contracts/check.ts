import { join } from 'node:path';
import { report } from '../report.ts';
import { projectFiles, projectRoot, readProjectFile } from '../source-files.ts';
import { GENERATED } from './documents.ts';
import { inspectContracts } from './inspect.ts';
import { describeServices } from './services.ts';

const prefix = `${GENERATED}/`;
const committed = new Map(
  projectFiles(join(projectRoot, 'contracts'))
    .map((path) => `contracts/${path}`)
    .filter((path) => path.startsWith(prefix))
    .map((path) => [path.slice(prefix.length), readProjectFile(path)]),
);
report('contracts', await inspectContracts(await describeServices(), committed));
