import { readRetryAfter, wholePause } from '@phone82/contracts';
import type { Answer } from './answer.ts';

/** When another try may be worth it, by an answer or the lack of one: whole seconds from 1 to 60, whatever the other side says. */
export function retryAfterSeconds(answer: Answer): number {
  if (answer.kind === 'unknown') return 1;
  if (answer.kind === 'notSent') return wholePause(answer.retryAfterMs / 1_000);
  return readRetryAfter(answer.headers['retry-after']);
}
