import { findErrorBy } from '@platformatic/kafka';

/** Whether the broker said this, as one of its errors is named in Kafka's protocol. */
export const saysKafka = (error: unknown, name: string): boolean =>
  error instanceof Error && findErrorBy(error, 'apiId', name) !== null;
