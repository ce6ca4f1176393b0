import type { Environment, JobOptions } from '@phone82/runtime';
import type { Ledger } from '../ledger/ledger.ts';
import { KEPT_MS } from './idempotency.ts';

const EVERY_MS = 60_000;
const AT_ONCE = 1_000;

/** Forgets the replies of idempotency keys that no longer count. */
export const forgetRepliesJob = (ledger: Ledger, { now }: Environment): JobOptions => ({
  name: 'forget idempotency keys',
  everyMs: EVERY_MS,
  run: async () => {
    const forgotten = await ledger.transact((books) => books.forgetReplies(now() - KEPT_MS, AT_ONCE));
    return forgotten === AT_ONCE ? 'more' : 'done';
  },
});
