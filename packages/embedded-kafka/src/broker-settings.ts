import { SECURE_PROTOCOLS, type SecureDoors, secureListeners, secureSettings } from './secure-doors.ts';

/** Another way to the broker, for clients that come through a proxy: Kafka tells each client where to go on. */
export interface SideDoor {
  /** Where the broker listens. */
  readonly port: number;
  /** Where those who came by it are told that the broker is. */
  readonly advertisedPort: number;
}

export interface BrokerSettings {
  readonly folder: string;
  readonly port: number;
  readonly controllerPort: number;
  /** Whether every topic is flushed at each record, also those that do not say so. */
  readonly flushesAll: boolean;
  readonly sideDoor?: SideDoor | undefined;
  readonly secureDoors?: SecureDoors | undefined;
}

/**
 * What a topic says whose records survive a crash of the machine: there is no second broker that would still have what the disk of this
 * one lost. Others, such as that of the groups' offsets, can lose their newest records; a group then reads some again.
 */
export const DURABLE_TOPIC = 'flush.messages=1';

const HOST = '127.0.0.1';
const FOR_EVER = '-1';

/** A broker that is its own controller and shares a laptop with its clients, as a properties file. */
export function brokerSettings({
  folder,
  port,
  controllerPort,
  flushesAll,
  sideDoor,
  secureDoors,
}: BrokerSettings): string {
  const doors = [
    { name: 'CLIENTS', port, advertisedPort: port, host: HOST },
    ...(sideDoor ? [{ name: 'SIDE', ...sideDoor, host: HOST }] : []),
    ...secureListeners(secureDoors),
  ];
  const at = (name: string, where: number, host = HOST) => `${name}://${host}:${where}`;
  const settings = {
    'process.roles': 'broker,controller',
    'node.id': '1',
    'controller.quorum.voters': `1@${HOST}:${controllerPort}`,
    'controller.listener.names': 'CONTROLLER',
    'inter.broker.listener.name': 'CLIENTS',
    listeners: [...doors.map((door) => at(door.name, door.port)), at('CONTROLLER', controllerPort)].join(),
    'advertised.listeners': doors
      .map(({ name, advertisedPort, host }) => at(name, advertisedPort, host))
      .join(),
    'listener.security.protocol.map': `CLIENTS:PLAINTEXT,SIDE:PLAINTEXT,CONTROLLER:PLAINTEXT,${SECURE_PROTOCOLS}`,
    'log.dirs': folder,
    'auto.create.topics.enable': 'false',
    'log.retention.ms': FOR_EVER,
    // A group whose members are away for long goes on where it was.
    'offsets.retention.minutes': String(2 ** 31 - 1),
    'offsets.topic.replication.factor': '1',
    'offsets.topic.num.partitions': '4',
    'transaction.state.log.replication.factor': '1',
    'transaction.state.log.min.isr': '1',
    'group.initial.rebalance.delay.ms': '0',
    'group.min.session.timeout.ms': '500',
    'num.network.threads': '2',
    'num.io.threads': '4',
    'log.cleaner.dedupe.buffer.size': String(4 * 1024 * 1024),
    ...secureSettings(secureDoors),
    ...(flushesAll ? { 'log.flush.interval.messages': '1' } : {}),
  };
  return Object.entries(settings)
    .map(([key, value]) => `${key}=${value.replaceAll('\\', '\\\\')}\n`)
    .join('');
}
