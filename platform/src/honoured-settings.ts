import { addressKey, routed } from '@phone82/service-list';

/** Where a service is, and where it finds data and others: `up` says these itself, and only `run` takes the caller's. */
export const SAID_BY_THE_SYSTEM: readonly string[] = [
  ...['PORT', 'HOST', 'LOG_LEVEL', 'DATABASE_URL', 'DATABASE_POOL', 'BUS_URL', 'KAFKA_BROKERS'],
  ...routed.map(addressKey),
  ...['PSP_URL', 'WEBHOOK_URL'],
  ...['GATEWAY_URL', 'CLIENT_SECRET_FILE', 'ADMIN_SECRET_FILE'],
];

/**
 * Variables of the caller's environment that count for services, beside those of the system (PATH, HOME and so on). A service
 * gets no other ones, for they are meant for other programs: `PGOPTIONS` would reach its connections, `OTEL_SERVICE_NAME` its
 * traces. The checks hold both lists against the services' configurations.
 */
export const HONOURED_SETTINGS: readonly string[] = [
  'PHONE82_ENV',
  // The log. KAFKA_… count only where `up` was told of a Kafka that is there already.
  ...['MIGRATE_AT_START', 'BUS_PARTITIONS', 'BUS_RETENTION_HOURS'],
  ...['KAFKA_TLS', 'KAFKA_CA_FILE', 'KAFKA_CERT_FILE', 'KAFKA_KEY_FILE'],
  ...['KAFKA_SASL_MECHANISM', 'KAFKA_SASL_USERNAME', 'KAFKA_SASL_PASSWORD'],
  ...['KAFKA_TOPIC_SETTINGS', 'KAFKA_REPLICATION'],
  // Load and ends.
  ...['DRAIN_DELAY_MS', 'MAX_IN_FLIGHT', 'TARGET_LATENCY_MS', 'MAX_EVENT_LOOP_DELAY_MS', 'MAX_EVENT_STREAMS'],
  ...['RATE_LIMIT_PER_MINUTE', 'TRUST_PROXY', 'UPSTREAM_TIMEOUT_MS'],
  ...['PAY_TIMEOUT_MS', 'PAY_MAX_CONCURRENT', 'PAY_MAX_QUEUED', 'PAY_MAX_WAIT_MS'],
  ...['MARKETING_TIMEOUT_MS', 'MARKETING_MAX_CONCURRENT', 'MARKETING_MAX_QUEUED', 'MARKETING_MAX_WAIT_MS'],
  ...['PSP_TIMEOUT_MS', 'PSP_MAX_CONCURRENT', 'PSP_MAX_QUEUED', 'PSP_MAX_WAIT_MS'],
  // Sign-in.
  ...['PHONE82_ENV', 'OIDC_AUDIENCE', 'OIDC_JWKS_URL', 'OIDC_AGENCY_CLAIM', 'OIDC_TOKEN_TYPE'],
  ...['SERVICE_KEY_FILE', 'SERVICE_KEYS_FILE', 'TRUSTED_SERVICE_ADDRESSES'],
  ...['OIDC_ISSUER', 'OIDC_CLIENT_ID', 'OIDC_CLIENT_SECRET', 'OIDC_CLIENT_SECRET_FILE'],
  ...['OIDC_SCOPE', 'OIDC_ROLES_CLAIM', 'SESSION_KEY', 'SESSION_KEY_FILE', 'PUBLIC_URL'],
  ...['SESSION_IDLE_MINUTES', 'SESSION_HOURS', 'SIGN_IN_REQUESTS_PER_MINUTE'],
  // The business.
  ...['EMPTY_DATABASE', 'ORDER_ID_START', 'PAY_WITHOUT_REFERENCES', 'ACCEPT_PAYMENTS_WITHOUT_PRICE'],
  ...['CANCEL_WINDOW_HOURS', 'CATALOGUE_FILE', 'PROMOTION_POINTS', 'STORE_MANUAL', 'STORE_SHIP_DELAY_MS'],
  ...['PSP_SECRET_KEY', 'PSP_BILLING_KEY', 'PSP_CUSTOMER_KEY', 'PSP_ORDER_PREFIX'],
  ...['RECONCILE_AT', 'RECONCILIATION_GRACE_SECONDS', 'WEBHOOK_RETRY_MS'],
  // Where traces and log lines go.
  ...['OTEL_EXPORTER_OTLP_ENDPOINT', 'OTEL_TRACES_SAMPLER', 'OTEL_TRACES_SAMPLER_ARG'],
  ...['FLUENTD_SERVER_IP', 'FLUENTD_PORT'],
];

/** Variables that services get because of what they run on, beside their own settings. */
export const HONOURED_BY_NODE: readonly string[] = [
  'NODE_OPTIONS',
  'NODE_EXTRA_CA_CERTS',
  'NODE_USE_SYSTEM_CA',
  'NODE_V8_COVERAGE',
  'OTEL_EXPORTER_OTLP_HEADERS',
  'PHONE82_FAILPOINTS',
];
