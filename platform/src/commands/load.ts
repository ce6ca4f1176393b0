import { notRunning, UsageFault } from '../faults.ts';
import { throwIfInterrupted } from '../interruption.ts';
import { drive, type LoadPlan, type LoadResult } from '../load-test/drive.ts';
import { verify } from '../load-test/verify.ts';
import { connect } from '../story/api.ts';
import { type Context, type Run, readArguments } from './command.ts';

const options = {
  orders: { type: 'string' },
  rate: { type: 'string' },
  cancels: { type: 'string' },
} as const;

/** Orders and cancels at a steady rate, and then every order compared in every service. */
export const run: Run = async (args, context) => {
  const { values } = readArguments(args, options, { atMost: 0 });
  const plan: LoadPlan = {
    orders: number('orders', values.orders, 1_000, { from: 1, to: 1_000_000 }),
    rate: number('rate', values.rate, 50, { from: 1, to: 10_000 }),
    cancels: number('cancels', values.cancels, 30, { from: 0, to: 100 }),
  };
  if (!(await context.supervisor.status())) throw notRunning();
  return runLoad(plan, context);
};

async function runLoad(plan: LoadPlan, { system, print, interrupted }: Context): Promise<number> {
  print(`${plan.orders} orders at ${plan.rate} a second, ${plan.cancels} % of them cancelled`);
  const api = connect(system);
  try {
    const result = await drive(plan, api, (soFar) => print(`  ${progress(plan, soFar)}`), interrupted);
    print(`  ${progress(plan, result)}`);
    const { length } = result.placed;
    throwIfInterrupted(interrupted, `interrupted; ${length} orders were taken, and are not compared.`);
    const startedAt = performance.now();
    const wrong = await verify(result.placed, api);
    for (const [id, faults] of [...wrong].slice(0, 20)) print(`  order ${id}: ${faults.join('; ')}`);
    const cancelled = result.placed.filter((placed) => placed.cancelled).length;
    print(
      `  ${result.placed.length - cancelled} orders kept, ${cancelled} cancelled, all compared in five services`,
    );
    print(
      `  ${wrong.size} of them wrong, ${result.cancelFailures} cancels refused; settled and compared in ${seconds(startedAt)}`,
    );
    const lost = plan.orders - result.placed.length;
    if (lost > 0) print(`  ${lost} orders were not taken`);
    return wrong.size === 0 && result.cancelFailures === 0 && lost === 0 ? 0 : 1;
  } finally {
    await api.close();
  }
}

function progress({ orders }: LoadPlan, { answers, latencies }: LoadResult): string {
  const sorted = [...latencies].sort((a, b) => a - b);
  const at = (share: number) =>
    Math.round(sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0);
  const statuses = [...answers].map(([status, count]) => `${status || 'no answer'}: ${count}`).join(', ');
  return `${sorted.length} of ${orders} answered (${statuses})  p50 ${at(0.5)} ms  p99 ${at(0.99)} ms`;
}

const seconds = (startedAt: number) => `${((performance.now() - startedAt) / 1000).toFixed(1)} s`;

function number(
  name: string,
  text: string | undefined,
  otherwise: number,
  { from, to }: { from: number; to: number },
): number {
  const value = text === undefined ? otherwise : Number(text);
  if (Number.isInteger(value) && value >= from && value <= to) return value;
  throw new UsageFault(`--${name} ${text} is not usable: give a whole number from ${from} to ${to}.`);
}
