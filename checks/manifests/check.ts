import { report } from '../report.ts';
import { projectRoot } from '../source-files.ts';
import { inspectManifests } from './inspect.ts';

report('manifests', inspectManifests(projectRoot));
