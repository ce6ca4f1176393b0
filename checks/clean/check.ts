import { report } from '../report.ts';
import { projectRoot } from '../source-files.ts';
import { inspectCleanliness } from './inspect.ts';

report('clean', inspectCleanliness(projectRoot));
