import { storable } from '@phone82/contracts';
import type { DeadLetter } from './unit-of-work.ts';

const LONGEST_ID = 255;
const LONGEST_TYPE = 64;
const LONGEST_REASON = 2_000;

/** A letter as it is stored. Whatever the record held, every database takes it: else one record would hold up its partition. */
export const deadLetterRow = (letter: DeadLetter, now: number) => ({
  message_id: storable(letter.messageId, LONGEST_ID),
  order_id: Number.isSafeInteger(letter.orderId) ? letter.orderId : null,
  event_type: storable(letter.eventType, LONGEST_TYPE),
  record: storable(letter.record, Number.POSITIVE_INFINITY),
  reason: storable(letter.reason.replaceAll('\0', ''), LONGEST_REASON),
  state: letter.state,
  created_at: now,
});
