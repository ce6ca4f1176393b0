import { report } from '../report.ts';
import { projectRoot } from '../source-files.ts';
import { findDeadCode } from './inspect.ts';

report('dead code', await findDeadCode(projectRoot));
