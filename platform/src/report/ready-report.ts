import type { SystemStatus } from '../control/protocol.ts';
import { statusReport } from './status-report.ts';

/** What a person sees when all is ready: what runs where, how long it took, and what to try first. */
export function readyReport(status: SystemStatus, seconds: number, installSeconds = 0): readonly string[] {
  const url = (name: string) =>
    `http://localhost:${status.services.find((service) => service.name === name)?.port}`;
  const install = installSeconds > 0 ? `, after ${installSeconds} s of installing` : '';
  const json = "-H 'content-type: application/json'";
  return [
    ...statusReport(status),
    '',
    'try:',
    `  curl -i ${url('gateway')}/orders ${json} -d '{"item":"LG10","qty":1}'`,
    `  curl ${url('gateway')}/customers/1`,
    `  curl -X PATCH ${url('gateway')}/orders/1 ${json} -d '{"status":"cancel"}'`,
    '',
    `ready in ${seconds.toFixed(1)} s${install}`,
  ];
}
