import { join } from 'node:path';
import { report } from '../report.ts';
import { projectFiles, projectRoot, readProjectFile } from '../source-files.ts';
import { matrixFaults, SECURITY_PAGE } from './access-matrix.ts';
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
const services = await describeServices();
const { violations, checked } = await inspectContracts(services, committed);
const matrix = matrixFaults(readProjectFile(SECURITY_PAGE), services);
report('contracts', { violations: [...violations, ...matrix], checked });
