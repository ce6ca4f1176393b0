import { report } from '../report.ts';
import { projectRoot } from '../source-files.ts';
import { inspectDocs } from './inspect.ts';

report('docs', inspectDocs(projectRoot));
