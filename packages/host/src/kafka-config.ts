import Type from 'typebox';

const SETTING = '[a-z][a-z.]*=[^\\s,=]+';

/** Where the Kafka is that holds the log, and what a topic is made with that is not there yet. */
export const kafkaConfig = {
  KAFKA_BROKERS: Type.Optional(
    Type.String({
      pattern: '^[^\\s,:]+:\\d+(,[^\\s,:]+:\\d+)*$',
      description: 'Brokers of the Kafka that holds the log instead: host:port, separated by commas',
    }),
  ),
  KAFKA_TOPIC_SETTINGS: Type.Optional(
    Type.String({
      pattern: `^(?!.*\\bretention\\.ms=)${SETTING}(,${SETTING})*$`,
      description:
        'Settings of a topic that is not there yet, name=value, separated by commas; how long it is kept is BUS_RETENTION_HOURS',
    }),
  ),
};

/** `min.insync.replicas=2,flush.messages=1` as names and values. */
export const topicSettingsIn = (text = ''): Readonly<Record<string, string>> =>
  Object.fromEntries(
    text
      .split(',')
      .filter(Boolean)
      .map((setting) => setting.split('=')),
  );
