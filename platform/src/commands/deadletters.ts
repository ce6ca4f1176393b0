import { keepers } from '@phone82/service-list';
import { Fault, notRunning, UsageFault } from '../faults.ts';
import { table } from '../report/table.ts';
import { type Api, connect } from '../story/api.ts';
import { serviceNamed } from '../system.ts';
import { type Context, type Run, readArguments } from './command.ts';

const SHOWN_REASON = 60;

const isKeeper = (name: string) => (keepers as readonly string[]).includes(name);

/** Messages that a service could not handle: seen, tried again, or given up. */
export const run: Run = async (args, context) => {
  const { positionals } = readArguments(args, {}, { atMost: 3 });
  const [action = 'list', service, messageId] = positionals;
  const act = actions[action];
  if (!act) throw new UsageFault(`"${action}" is not one of list, show, retry and discard.`);
  if (service !== undefined && !isKeeper(serviceNamed(context.system, service).name))
    throw new UsageFault(`${service} handles no messages: name one of ${keepers.join(', ')}.`);
  if (!(await context.supervisor.status())) throw notRunning();
  const api = connect(context.system);
  try {
    return await act(api, context, service, messageId);
  } finally {
    await api.close();
  }
};

type Action = (api: Api, context: Context, service?: string, messageId?: string) => Promise<number>;

const actions: Readonly<Record<string, Action>> = {
  list: async (api, { print }, service) => {
    const rows: string[][] = [];
    for (const keeper of service ? [service] : keepers) rows.push(...(await lettersOf(api, keeper)));
    if (rows.length === 0) print('there are no dead letters');
    else
      for (const line of table([['service', 'message', 'order', 'event', 'state', 'reason'], ...rows]))
        print(line);
    return 0;
  },
  show: async (api, { print }, service, messageId) => {
    const { status, body } = await api.get(named(service), pathOf(messageId));
    print(JSON.stringify(answered(status, body, service), null, 2));
    return 0;
  },
  retry: (api, context, service, messageId) => settle('retry', api, context, service, messageId),
  discard: (api, context, service, messageId) => settle('discard', api, context, service, messageId),
};

async function lettersOf(api: Api, service: string): Promise<string[][]> {
  const { status, body } = await api.get(service, '/dead-letters?size=100');
  const { items, totalElements } = answered(status, body, service) as {
    items: Record<string, unknown>[];
    totalElements: number;
  };
  const more = totalElements - items.length;
  const rows = items.map(({ messageId, orderId, eventType, state, reason }) =>
    [service, messageId, orderId ?? '-', eventType, state, String(reason).slice(0, SHOWN_REASON)].map(String),
  );
  return more > 0 ? [...rows, [service, `and ${more} more`]] : rows;
}

async function settle(
  action: 'retry' | 'discard',
  api: Api,
  { print }: Context,
  service?: string,
  messageId?: string,
): Promise<number> {
  const { status, body } = await api.post(named(service), `${pathOf(messageId)}/${action}`, {});
  const { outcome } = answered(status, body, service) as { outcome: string };
  print(outcome === 'handled' ? 'done' : `not through yet: see "deadletters list ${service}" for the reason`);
  return outcome === 'handled' ? 0 : 1;
}

function named(service: string | undefined): string {
  if (service) return service;
  throw new UsageFault('Name the service and the message, as "deadletters list" shows them.');
}

function pathOf(messageId: string | undefined): string {
  if (!messageId) throw new UsageFault('Name the message, as "deadletters list" shows it.');
  return `/dead-letters/${encodeURIComponent(messageId)}`;
}

function answered(status: number, body: unknown, service: string | undefined): unknown {
  if (status === 200) return body;
  if (status === 404) throw new Fault(`${service} has no such dead letter.`);
  throw new Fault(`${service} answered ${status || 'nothing'}: see "logs ${service}".`);
}
