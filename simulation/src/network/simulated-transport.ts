import { requestHeaders, type Transport } from '@phone82/resilience';
import { signedBy } from '../clients/sign-in.ts';
import type { SimulatedProcess } from '../engine/simulated-process.ts';
import type { Network, Reply } from './network.ts';

const UNREACHABLE_RETRY_MS = 1_000;

/** Carries the calls of a process to another service over the simulated network. */
export function simulatedTransport(network: Network, from: SimulatedProcess, service: string): Transport {
  return {
    send: (sending) =>
      new Promise((resolve) => {
        const { request, progress, signal } = sending;
        const outcome = (reply: Reply) => {
          signal.removeEventListener('abort', giveUp);
          if (reply.kind === 'answered')
            resolve({ ...reply, body: reply.body === '' ? undefined : JSON.parse(reply.body) });
          else if (reply.kind === 'refused' && !progress.started)
            resolve({ kind: 'notSent', reason: 'unreachable', retryAfterMs: UNREACHABLE_RETRY_MS });
          else resolve({ kind: 'unknown', reason: signal.aborted ? 'timeout' : 'connectionLost' });
        };
        const giveUp = () => outcome({ kind: 'broken' });
        signal.addEventListener('abort', giveUp);
        // The PSP is no service of ours.
        const own: Record<string, string> =
          service === 'psp' ? {} : signedBy(from.service, request.onBehalfOf);
        const signed = { ...requestHeaders(sending), ...own };
        const headers = Object.fromEntries(
          Object.entries(signed).map(([name, value]) => [name.toLowerCase(), value]),
        );
        const { method, path, body } = request;
        // What JSON does not carry does not arrive.
        const sent = body === undefined ? undefined : JSON.parse(JSON.stringify(body));
        network.send(from, service, { method, url: path, headers, body: sent }, outcome, () => {
          progress.started = true;
        });
      }),
    close: async () => undefined,
  };
}
