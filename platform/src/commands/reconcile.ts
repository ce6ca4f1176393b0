import { Fault, notRunning, UsageFault } from '../faults.ts';
import { type Reconciliation, reconciliationReport } from '../report/reconciliation-report.ts';
import { connect } from '../story/api.ts';
import { type Run, readArguments } from './command.ts';

/** A year of a busy shop takes its time. */
const PATIENCE_MS = 10 * 60_000;

/** Compares pay's payments with the PSP's own books; exits with 1 if they differ. */
export const run: Run = async (args, { system, supervisor, print }) => {
  const { values } = readArguments(args, { from: { type: 'string' }, to: { type: 'string' } }, { atMost: 0 });
  if (!(await supervisor.status())) throw notRunning();
  const api = connect(system, { patienceMs: PATIENCE_MS });
  try {
    const { status, body } = await api.post('pay', '/reconciliations', { ...values });
    if (status === 400) throw new UsageFault(`${body.detail}`);
    if (status !== 200)
      throw new Fault(body.detail ?? `pay answered ${status || 'nothing'}: see "logs pay".`);
    const found: Reconciliation = body;
    for (const line of reconciliationReport(found)) print(line);
    return found.total === 0 ? 0 : 1;
  } finally {
    await api.close();
  }
};
