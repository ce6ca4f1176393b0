import { join } from 'node:path';
import { type Manifest, type ProgramRun, parseManifests, runProgram } from '@phone82/checks';

export const chartFolder = join(import.meta.dirname, '..', 'helm', 'phone82');

/** Gives what the chart cannot do without: a trial with the PSP simulator. */
export const trialValues = join(chartFolder, '..', 'trial.yaml');

/** Runs the pinned Helm. */
export const helm = (...args: readonly string[]): Promise<ProgramRun> =>
  runProgram(join(import.meta.dirname, 'helm'), args);

/** The chart of a trial as YAML, with further values as `--set` takes them. Throws what Helm says if it refuses them. */
export async function renderText(values: readonly string[] = []): Promise<string> {
  const settings = values.flatMap((value) => ['--set', value]);
  const { code, stdout, stderr } = await helm(
    'template',
    'phone82',
    chartFolder,
    '--values',
    trialValues,
    ...settings,
  );
  if (code !== 0) throw new Error(stderr);
  return stdout;
}

export const render = async (values: readonly string[] = []): Promise<readonly Manifest[]> =>
  parseManifests(await renderText(values));
