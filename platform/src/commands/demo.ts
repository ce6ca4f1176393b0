import { setStage } from '../demo/stage.ts';
import { type Orders, type Step, steps } from '../demo/steps.ts';
import { notRunning } from '../faults.ts';
import { throwIfInterrupted } from '../interruption.ts';
import { connect } from '../story/api.ts';
import { type Context, type Run, readArguments } from './command.ts';

/** Plays the scenario on the running system, and ends where it started: with marketing up, also where it is interrupted. */
export const run: Run = async (args, context) => {
  readArguments(args, {}, { atMost: 0 });
  const { system, supervisor, print, interrupted } = context;
  if (!(await supervisor.status())) throw notRunning();
  const api = connect(system);
  const stage = setStage(api, supervisor, interrupted);
  const orders: Orders = new Map();
  let failed = 0;
  try {
    for (const [index, step] of steps.entries()) {
      if (interrupted.aborted) break;
      // What follows a failed step would only fail with it.
      if (failed > 0) print(line(index, '-', step.title, 'not tried'));
      else if (!(await play(step, index, () => step.run(stage, orders), context))) failed++;
    }
  } finally {
    await stage.clear();
    await api.close();
  }
  throwIfInterrupted(interrupted, 'interrupted; all services run as before.');
  print(
    failed === 0 ? `\nall ${steps.length} steps as the scenario has them` : '\nthe scenario did not hold',
  );
  return failed === 0 ? 0 : 1;
};

async function play(
  step: Step,
  index: number,
  act: () => Promise<string>,
  { print, interrupted }: Context,
): Promise<boolean> {
  const startedAt = performance.now();
  try {
    const seen = await act();
    print(line(index, 'ok', step.title, `${seen}  (${seconds(startedAt)})`));
    return true;
  } catch (error) {
    const verdict = interrupted.aborted ? '-' : 'FAILED';
    print(line(index, verdict, step.title, `${(error as Error).message}  (${seconds(startedAt)})`));
    return false;
  }
}

const line = (index: number, verdict: string, title: string, seen: string) =>
  `${String(index + 1).padStart(2)}  ${verdict.padEnd(6)}  ${title.padEnd(78)}  ${seen}`;

const seconds = (startedAt: number) => `${((performance.now() - startedAt) / 1000).toFixed(1)} s`;
