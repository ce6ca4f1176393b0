import { report } from '../report.ts';
import { projectRoot } from '../source-files.ts';
import { checkTypes } from './inspect.ts';

report('types', await checkTypes(projectRoot));
