import type { OrderRoute, Request } from './load.ts';

export interface HttpRequest {
  readonly method: 'POST' | 'PATCH' | 'GET';
  readonly path: string;
  readonly body: string | null;
  /** The answer that is hoped for. */
  readonly status: number;
  /** Known before it is answered, unless the answer gives it. */
  readonly id?: number;
}

const BODY = JSON.stringify({ item: 'LG10', qty: 1 });
const ROUTE: OrderRoute = { path: '/orders', status: 201 };

/** The requests of a load, one after another; undefined when there are no more. */
export function requestsOf(request: Request): () => HttpRequest | undefined {
  let count = 0;
  switch (request.kind) {
    case 'order':
      return ordersAt(request.route ?? ROUTE);
    case 'cancel':
      return () => {
        const id = request.ids[count++];
        return id === undefined ? undefined : cancelOf(id);
      };
    case 'look':
      return () => lookAt(request.ids[count++ % request.ids.length] as number);
  }
}

/** Numbers go on from the time, so that a later load has others. */
function ordersAt({ path, status }: OrderRoute): () => HttpRequest {
  let number = Date.now() * 1_000;
  return () => ({ method: 'POST', path: path.replace('{number}', `${number++}`), body: BODY, status });
}

const cancelOf = (id: number): HttpRequest => ({
  method: 'PATCH',
  path: `/orders/${id}`,
  body: JSON.stringify({ status: 'cancel' }),
  status: 200,
  id,
});

const lookAt = (id: number): HttpRequest => ({
  method: 'GET',
  path: `/customers/${id}`,
  body: null,
  status: 200,
  id,
});
