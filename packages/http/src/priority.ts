/**
 * Who yields first when there is too much to do. `ordinary`: what begins something new, or lists many. `critical`:
 * what concerns a record that exists (a cancel, a look at an order), or settles money. `unlimited`: what an operator
 * needs to see and mend an overload.
 */
export type Priority = 'critical' | 'ordinary' | 'unlimited';

/** What is refused when there is too much to do. */
export type LimitedPriority = Exclude<Priority, 'unlimited'>;

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Default: `critical` where the address names one record (`/orders/:id`), else `ordinary`. */
    priority?: Priority;
    /** Requests that burden the same thing are limited together, apart from others. Default: all of a service. */
    lane?: string;
  }
}

/** The `config` of a route that answers however much there is to do. */
export const unlimited = { priority: 'unlimited' } as const;

/** The `config` of a route that yields last, though its address names no record. */
export const critical = { priority: 'critical' } as const;

export const priorityOf = (url: string): LimitedPriority => (/[:*]/.test(url) ? 'critical' : 'ordinary');
