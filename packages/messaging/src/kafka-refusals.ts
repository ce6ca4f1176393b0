import type { KafkaSecurity } from './kafka-options.ts';

interface Reason extends Error {
  readonly code?: string;
  readonly apiId?: string;
}

interface Refusal {
  says(reason: Reason): boolean;
  sentence(reason: Reason, security: KafkaSecurity): string | undefined;
}

const UNTRUSTED =
  /^(UNABLE_TO_|SELF_SIGNED_|DEPTH_ZERO_|CERT_(?!.*REQUIRED)|INVALID_CA|INVALID_PURPOSE|PATH_LENGTH_|HOSTNAME_)/;

/** What the library says, from the most telling to the least, and what it means for whoever has set the system up. */
const REFUSALS: readonly Refusal[] = [
  {
    says: ({ apiId }) => apiId === 'INCONSISTENT_GROUP_PROTOCOL',
    sentence: () =>
      'Kafka does not let us into the consumer group, because another implementation of the service is in it: stop the other one first',
  },
  {
    says: ({ apiId }) => apiId === 'SASL_AUTHENTICATION_FAILED',
    sentence: (_, { sasl }) =>
      `Kafka does not accept the user ${JSON.stringify(sasl?.username)} with this password (KAFKA_SASL_USERNAME, KAFKA_SASL_PASSWORD, KAFKA_SASL_MECHANISM)`,
  },
  {
    says: ({ apiId }) => apiId === 'UNSUPPORTED_SASL_MECHANISM' || apiId === 'ILLEGAL_SASL_STATE',
    sentence: (_, { sasl }) =>
      `Kafka takes no ${sasl?.mechanism} at this address (KAFKA_SASL_MECHANISM, KAFKA_BROKERS)`,
  },
  {
    says: ({ code = '' }) => UNTRUSTED.test(code),
    sentence: ({ message }) =>
      `Kafka shows a certificate that is not trusted here (KAFKA_CA_FILE): ${message}`,
  },
  {
    says: ({ code }) => code === 'ERR_TLS_CERT_ALTNAME_INVALID',
    sentence: ({ message }) => `Kafka shows the certificate of another host (KAFKA_BROKERS): ${message}`,
  },
  {
    says: ({ code = '' }) => /^ERR_SSL_.*ALERT/.test(code),
    sentence: ({ message }) =>
      `Kafka does not accept our certificate (KAFKA_CERT_FILE, KAFKA_KEY_FILE): ${message}`,
  },
  {
    says: ({ code = '', message }) =>
      code === 'ERR_SSL_WRONG_VERSION_NUMBER' || /^TLS handshake/.test(message),
    sentence: () => 'Kafka does not speak TLS at this address (KAFKA_TLS, KAFKA_BROKERS)',
  },
  {
    says: ({ message }) => message === 'Broker requires TLS.',
    sentence: () => 'Kafka asks for TLS at this address (KAFKA_TLS, KAFKA_BROKERS)',
  },
  {
    // A broker hangs up on who does not say who it is, and on who speaks no TLS where it expects that; also when it ends.
    says: ({ message }) => message === 'Connection closed',
    sentence: (_, { tls, sasl }) =>
      tls && sasl ? undefined : `Kafka closed the connection; ${closing(tls, sasl)}`,
  },
];

const closing = (tls: KafkaSecurity['tls'], sasl: KafkaSecurity['sasl']) =>
  `if it always does, it asks for ${sasl ? 'TLS (KAFKA_TLS)' : tls ? 'a user (KAFKA_SASL_MECHANISM) or another certificate than ours (KAFKA_CERT_FILE)' : 'TLS or a user (KAFKA_TLS, KAFKA_SASL_MECHANISM)'}`;

/** An error in a sentence that names the setting to look at, where Kafka refused us or we it; any other error as it is. */
export function explained(error: unknown, security: KafkaSecurity): unknown {
  const reasons = [...within(error)];
  for (const { says, sentence } of REFUSALS) {
    const reason = reasons.find(says);
    const said = reason && sentence(reason, security);
    if (said) return new Error(said, { cause: error });
  }
  return error;
}

function* within(error: unknown): Generator<Reason> {
  if (!(error instanceof Error)) return;
  yield error;
  yield* within(error.cause);
  if (error instanceof AggregateError) for (const one of error.errors) yield* within(one);
}

/** The functions of an adapter, with their errors explained. */
export function withExplainedErrors<Functions extends object>(
  functions: Functions,
  security: KafkaSecurity,
): Functions {
  const explaining = Object.entries(functions).map(([name, call]) => [
    name,
    (...args: unknown[]) =>
      Promise.resolve(call(...args)).catch((error: unknown) => {
        throw explained(error, security);
      }),
  ]);
  return Object.fromEntries(explaining);
}
