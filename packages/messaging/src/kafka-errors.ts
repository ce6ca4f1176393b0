import { findErrorBy } from '@platformatic/kafka';
import type { Membership } from './event-bus.ts';

/** What a broker says to a member that it will not let in, however often it asks. */
const REFUSALS = [
  'INCONSISTENT_GROUP_PROTOCOL',
  'GROUP_MAX_SIZE_REACHED',
  'GROUP_AUTHORIZATION_FAILED',
  'TOPIC_AUTHORIZATION_FAILED',
  'INVALID_GROUP_ID',
  'INVALID_SESSION_TIMEOUT',
];
const SILENCES = ['PLT_KFK_NETWORK', 'PLT_KFK_TIMEOUT', 'PLT_KFK_AUTHENTICATION'];

/** What an attempt to be a member that failed says about the group. */
export function membershipAfter(error: unknown): Exclude<Membership, 'member'> {
  if (REFUSALS.some((name) => saysKafka(error, name))) return 'refused';
  const isSilent = (code: string) => error instanceof Error && findErrorBy(error, 'code', code) !== null;
  return SILENCES.some(isSilent) ? 'logUnreachable' : 'joining';
}

/** Whether the broker said this, as one of its errors is named in Kafka's protocol. */
export const saysKafka = (error: unknown, name: string): boolean =>
  error instanceof Error && findErrorBy(error, 'apiId', name) !== null;
