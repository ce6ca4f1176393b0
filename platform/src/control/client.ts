import { readFile } from 'node:fs/promises';
import { request } from 'node:http';
import { Fault } from '../faults.ts';
import { placeOf, type System } from '../system.ts';
import type { ControlAddress, Outcome, SystemStatus } from './protocol.ts';

/** Speaks to the running supervisor. Every call returns undefined where none runs. */
export interface ControlClient {
  status(): Promise<SystemStatus | undefined>;
  start(service: string): Promise<Outcome | undefined>;
  stop(service: string): Promise<Outcome | undefined>;
  kill(service: string): Promise<Outcome | undefined>;
  down(): Promise<Outcome | undefined>;
  /** What a service's environment says of the others and of its data. */
  settings(service: string): Promise<Record<string, string> | undefined>;
}

/** @throws Fault with the supervisor's own words where it refuses. */
export function controlClient(system: System): ControlClient {
  const call = async <T>(path: string, service?: string): Promise<T | undefined> => {
    const address = await addressOf(system);
    return address && (await send<T>(address, path, service));
  };
  return {
    status: () => call('/status'),
    start: (service) => call('/start', service),
    stop: (service) => call('/stop', service),
    kill: (service) => call('/kill', service),
    down: () => call('/down'),
    settings: (service) => call('/settings', service),
  };
}

async function addressOf(system: System): Promise<ControlAddress | undefined> {
  const text = await readFile(placeOf(system, 'run', 'supervisor.json'), 'utf8').catch(() => undefined);
  try {
    return text === undefined ? undefined : (JSON.parse(text) as ControlAddress);
  } catch {
    return undefined;
  }
}

/** Whoever does not know the token's file is no supervisor of this system: its port went to another program. */
function send<T>(address: ControlAddress, path: string, service?: string): Promise<T | undefined> {
  const query = service ? `?service=${encodeURIComponent(service)}` : '';
  return new Promise((resolve, reject) => {
    const call = request({
      host: '127.0.0.1',
      port: address.port,
      path: `${path}${query}`,
      method: 'POST',
      agent: false,
      headers: { authorization: `Bearer ${address.token}` },
    });
    call.on('error', () => resolve(undefined));
    call.on('response', async (response) => {
      try {
        const body = await textOf(response);
        if (response.statusCode === 200) resolve(JSON.parse(body) as T);
        else if (response.statusCode === 409 || response.statusCode === 500)
          reject(new Fault((JSON.parse(body) as Outcome).message));
        else resolve(undefined);
      } catch {
        resolve(undefined);
      }
    });
    call.end();
  });
}

async function textOf(stream: NodeJS.ReadableStream): Promise<string> {
  let text = '';
  for await (const chunk of stream) text += chunk;
  return text;
}
