import { report } from '../report.ts';
import { projectRoot } from '../source-files.ts';
import { inspectArchitecture } from './inspect.ts';

report('architecture', await inspectArchitecture(projectRoot));
