import { report } from '../report.ts';
import { isSource, isTestCode, projectFiles, readProjectFile } from '../source-files.ts';
import { overTheLimits } from './limits.ts';
import { measure } from './measure.ts';
import { largest, mains, roomTable } from './tables.ts';

const files = projectFiles()
  .filter(isSource)
  .map((file) => measure(file, readProjectFile(file)));
const [sources, tests] = [
  files.filter(({ file }) => !isTestCode(file)),
  files.filter(({ file }) => isTestCode(file)),
];

for (const lines of [roomTable('sources', sources), mains(sources), largest(sources)]) {
  console.log(`${lines.join('\n')}\n`);
}
for (const lines of [roomTable('tests', tests), largest(tests)]) console.log(`${lines.join('\n')}\n`);
report('shape', overTheLimits(files));
