import type { Client } from './client.ts';

const SERVICES = ['app', 'pay', 'store', 'marketing', 'customer'] as const;

/** Whoever runs the system, once it is well again: discards what cannot be read, and retries the rest. */
export async function workOffDeadLetters(client: Client, isOver: () => boolean): Promise<void> {
  while (!isOver()) {
    for (const service of SERVICES) await workOff(client, service);
    await client.environment.sleep(1_000);
  }
}

async function workOff(client: Client, service: string): Promise<void> {
  const isAnswered = ({ status }: { status: number }) => status < 500;
  const listed = await client.askUntil(service, { method: 'GET', url: '/dead-letters?size=100' }, isAnswered);
  const letters = (listed?.body.items ?? []) as { messageId: string; state: string; record: string }[];
  for (const { messageId, record } of letters.filter(({ state }) => state === 'dead')) {
    const verb = isReadable(record) ? 'retry' : 'discard';
    const url = `/dead-letters/${encodeURIComponent(messageId)}/${verb}`;
    await client.askUntil(service, { method: 'POST', url }, isAnswered);
  }
}

function isReadable(record: string): boolean {
  try {
    JSON.parse((JSON.parse(record) as { value: string }).value);
    return true;
  } catch {
    return false;
  }
}
