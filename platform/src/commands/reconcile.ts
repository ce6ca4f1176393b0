import { Fault, notRunning, UsageFault } from '../faults.ts';
import { orderReconciliationReport, reconciliationReport } from '../report/reconciliation-report.ts';
import { type Api, connect } from '../story/api.ts';
import { type Run, readArguments } from './command.ts';

/** A year of a busy shop takes its time. */
const PATIENCE_MS = 10 * 60_000;

/** Compares pay's payments with the PSP's own books, and app's orders with pay's payments; exits with 1 if any differ. */
export const run: Run = async (args, { system, supervisor, print }) => {
  const { values } = readArguments(args, { from: { type: 'string' }, to: { type: 'string' } }, { atMost: 0 });
  if (!(await supervisor.status())) throw notRunning();
  const api = connect(system, { patienceMs: PATIENCE_MS });
  try {
    const payments = await ask(api, 'pay', values);
    for (const line of reconciliationReport(payments)) print(line);
    const orders = await ask(api, 'app', values);
    for (const line of orderReconciliationReport(orders)) print(line);
    return payments.total === 0 && orders.total === 0 ? 0 : 1;
  } finally {
    await api.close();
  }
};

async function ask(api: Api, service: 'pay' | 'app', values: object) {
  const { status, body } = await api.post(service, '/reconciliations', { ...values });
  if (status === 400) throw new UsageFault(`${body.detail}`);
  if (status !== 200)
    throw new Fault(body.detail ?? `${service} answered ${status || 'nothing'}: see "logs ${service}".`);
  return body;
}
