import { setTimeout as delay } from 'node:timers/promises';
import { type JavaHooks, serveJava } from './java-http.ts';
import { JavaRepository, type JavaRow } from './java-repository.ts';
import { type JavaListeners, type JavaTopic, javaTimestamp, openJavaTopic } from './java-topic.ts';

export interface JavaOptions {
  readonly port: number;
  readonly brokers: string;
  /** Another service's address. */
  url(service: 'pay' | 'marketing'): string;
  /** The database of an earlier life. Default: an empty one, as H2 in memory has. */
  readonly repository?: JavaRepository;
}

export interface JavaService {
  readonly repository: JavaRepository;
  stop(): Promise<void>;
}

/** A test stops it, and its clean-up stops it where the test did not come so far. */
function once(work: () => Promise<void>): () => Promise<void> {
  let done: Promise<void> | undefined;
  return () => {
    done ??= work();
    return done;
  };
}

type Publish = (eventType: string, fields: JavaRow) => Promise<void>;
interface Behaviour {
  readonly hooks?: JavaHooks;
  readonly listeners?: JavaListeners;
}

async function start(
  name: string,
  repository: JavaRepository,
  { port, brokers }: JavaOptions,
  behave: (publish: Publish) => Behaviour,
): Promise<JavaService> {
  let topic: JavaTopic | undefined;
  const publish: Publish = async (eventType, fields) =>
    topic?.publish({ eventType, timestamp: javaTimestamp(), ...fields });
  const { hooks = {}, listeners = {} } = behave(publish);
  topic = await openJavaTopic(brokers, name, listeners);
  const close = await serveJava(port, repository, hooks);
  return {
    repository,
    stop: once(async () => {
      await close();
      await topic?.close();
    }),
  };
}

async function post(url: string, body: object): Promise<void> {
  const answer = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: '*/*' },
    body: JSON.stringify(body),
    signal: AbortSignal.timeout(5_000),
  });
  if (!answer.ok) throw new Error(`${url} answered ${answer.status}`);
}

const ofOrder = (repository: JavaRepository, orderId: unknown) =>
  repository.all().filter((row) => row.orderId === orderId);

/** No PSP, no idempotency: every request is a payment, and a cancel is a second one with a price of 0. */
export const startJavaPay = (options: JavaOptions): Promise<JavaService> => {
  const repository = options.repository ?? new JavaRepository('payment', 'payments');
  return start('pay', repository, options, (publish) => ({
    hooks: {
      created: async (id, row) => {
        Object.assign(row, { process: 'Payed' });
        const { orderId, price = null, process } = row;
        await publish('PayCompleted', { id, orderId, price, process });
      },
    },
    listeners: {
      OrderCancelled: async ({ id: orderId }) => {
        const row = { orderId, price: 0, process: 'PayCancelled' };
        const id = repository.save(row);
        // If marketing is down, the mileage stays.
        await post(`${options.url('marketing')}/marketings`, {
          orderId,
          point: 0,
          process: 'PayCancelled',
        }).catch(() => undefined);
        await publish('PayCancelled', { id, ...row });
      },
    },
  }));
};

/** Tells of an order also where its payment failed, asks for it without a price, and tells of every cancel. */
export const startJavaApp = (options: JavaOptions): Promise<JavaService> => {
  const repository = options.repository ?? new JavaRepository('order', 'orders');
  const told = (id: number, { item = null, qty = null }: JavaRow, status: string) => ({
    id,
    item,
    qty,
    status,
    store: null,
    price: null,
    point: null,
  });
  const set = (change: JavaRow) => async (event: JavaRow) => {
    const id = Number(event.orderId);
    const row = repository.rows.get(id);
    if (!row) throw new Error(`there is no order ${id}`);
    repository.rows.set(id, { ...row, ...change, ...(event.point !== undefined && { point: event.point }) });
  };
  return start('app', repository, options, (publish) => ({
    hooks: {
      created: async (id, row) => {
        row.status = 'Ordered';
        try {
          await post(`${options.url('pay')}/payments`, {
            id: null,
            orderId: id,
            price: null,
            process: 'Ordered',
          });
        } finally {
          await publish('Ordered', told(id, row, 'Ordered'));
        }
      },
      changed: (id, row) => publish('OrderCancelled', told(id, row, 'cancel')),
    },
    listeners: {
      PayCompleted: set({ status: 'Payed' }),
      Shipped: set({ status: 'Shipped' }),
      PayCancelled: set({ status: 'PayCancelled' }),
      PromoCompleted: set({}),
      PromoCancelled: set({}),
    },
  }));
};

/** One order at a time, cancelled ones too: it listens to nothing but payments. */
export const startJavaStore = (options: JavaOptions): Promise<JavaService> => {
  const repository = options.repository ?? new JavaRepository('storeManage', 'storeManages');
  return start('store', repository, options, (publish) => ({
    listeners: {
      PayCompleted: async ({ orderId }) => {
        const id = repository.save({ orderId, process: 'Payed' });
        await delay(60);
        await publish('Shipped', { id, orderId, address: null, item: null, process: 'Shipped' });
      },
    },
  }));
};

/** A record of each grant and of each cancel. */
export const startJavaMarketing = (options: JavaOptions): Promise<JavaService> => {
  const repository = options.repository ?? new JavaRepository('marketing', 'marketings');
  return start('marketing', repository, options, (publish) => ({
    hooks: {
      created: async (id, { orderId, point = null, process = null }) => {
        const eventType = Number(point) > 0 ? 'PromoCompleted' : 'PromoCancelled';
        await publish(eventType, { id, orderId, point, process });
      },
    },
    listeners: {
      PayCompleted: async ({ orderId, process }) => {
        const row = { orderId, point: 300_000, process };
        const id = repository.save(row);
        await publish('PromoCompleted', { id, ...row });
      },
    },
  }));
};

/** A row of each `Ordered`; what comes before it is lost. */
export const startJavaCustomer = (options: JavaOptions): Promise<JavaService> => {
  const repository = options.repository ?? new JavaRepository('customer', 'customers');
  const set =
    (status?: string) =>
    async ({ orderId, id, point }: JavaRow) => {
      const [row] = ofOrder(repository, orderId ?? id);
      if (!row) return;
      const { id: own, ...rest } = row;
      repository.rows.set(own, { ...rest, ...(status && { status }), ...(point !== undefined && { point }) });
    };
  return start('customer', repository, options, () => ({
    listeners: {
      Ordered: async ({ id, item, qty, price }) =>
        void repository.save({ orderId: id, item, qty, price, status: 'Ordered', point: null }),
      PayCompleted: set('Payed'),
      Shipped: set('Shipped'),
      OrderCancelled: set('OrderCancelled'),
      PayCancelled: set('PayCancelled'),
      PromoCompleted: set(),
      PromoCancelled: set(),
    },
  }));
};
