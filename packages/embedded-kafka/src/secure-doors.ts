/**
 * Doors for clients that have to say who they are, beside the one that asks nothing; all are told to go on at `localhost`.
 * For tests of such clients.
 */
export interface SecureDoors {
  /** Where clients come by TLS with name and password: PLAIN, SCRAM-SHA-256 or SCRAM-SHA-512. */
  readonly saslPort: number;
  /** Where clients come by TLS with a certificate. */
  readonly mutualPort: number;
  /** The broker's key and certificate, a PEM file. */
  readonly keystore: string;
  /** The authority of the clients' certificates, a PEM file. */
  readonly truststore: string;
  readonly user: { readonly name: string; readonly password: string };
  /** After so long a client that came by SCRAM-SHA-256 has to say again who it is. */
  readonly scram256SessionMs: number;
}

const LOGIN = 'org.apache.kafka.common.security';

/** As what Kafka's own settings name the doors. */
export const secureListeners = (doors: SecureDoors | undefined) =>
  doors
    ? [
        { name: 'SASL', port: doors.saslPort, advertisedPort: doors.saslPort, host: 'localhost' },
        { name: 'MUTUAL', port: doors.mutualPort, advertisedPort: doors.mutualPort, host: 'localhost' },
      ]
    : [];

export const SECURE_PROTOCOLS = 'SASL:SASL_SSL,MUTUAL:SSL';

export function secureSettings(doors: SecureDoors | undefined): Readonly<Record<string, string>> {
  if (!doors) return {};
  const { keystore, truststore, user, scram256SessionMs } = doors;
  const scram = `${LOGIN}.scram.ScramLoginModule required;`;
  return {
    'ssl.keystore.type': 'PEM',
    'ssl.keystore.location': keystore,
    'ssl.truststore.type': 'PEM',
    'ssl.truststore.location': truststore,
    'listener.name.mutual.ssl.client.auth': 'required',
    'listener.name.sasl.sasl.enabled.mechanisms': 'PLAIN,SCRAM-SHA-256,SCRAM-SHA-512',
    'listener.name.sasl.plain.sasl.jaas.config': `${LOGIN}.plain.PlainLoginModule required user_${user.name}="${user.password}";`,
    'listener.name.sasl.scram-sha-256.sasl.jaas.config': scram,
    'listener.name.sasl.scram-sha-512.sasl.jaas.config': scram,
    'listener.name.sasl.scram-sha-256.connections.max.reauth.ms': String(scram256SessionMs),
  };
}

/** What the format has to be told, which puts the passwords of SCRAM into the broker's metadata. */
export const formatWords = (doors: SecureDoors | undefined): string[] =>
  doors
    ? ['SCRAM-SHA-256', 'SCRAM-SHA-512'].flatMap((mechanism) => [
        '--add-scram',
        `${mechanism}=[name=${doors.user.name},password=${doors.user.password}]`,
      ])
    : [];
