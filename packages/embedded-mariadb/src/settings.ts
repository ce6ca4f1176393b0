/** Settings of a server that shares a laptop with the services that use it, as command line words. */
export function serverSettings(durable: boolean): string[] {
  const settings = {
    'bind-address': '127.0.0.1',
    // Whoever may connect proves it by the password; a socket's path can also be too long for the system.
    socket: '',
    'skip-name-resolve': 'ON',
    'skip-log-bin': undefined,
    'character-set-server': 'utf8mb4',
    'collation-server': 'utf8mb4_nopad_bin',
    'default-time-zone': '+00:00',
    'max-connections': 200,
    'innodb-buffer-pool-size': '96M',
    'innodb-log-file-size': '64M',
    'performance-schema': 'OFF',
    ...(durable ? DURABLE : FAST_AND_FORGETFUL),
  };
  return Object.entries(settings).map(([name, value]) =>
    value === undefined ? `--${name}` : `--${name}=${value}`,
  );
}

const DURABLE = { 'innodb-flush-log-at-trx-commit': 1, 'innodb-doublewrite': 'ON' };
const FAST_AND_FORGETFUL = {
  'innodb-flush-log-at-trx-commit': 0,
  'innodb-doublewrite': 'OFF',
  'innodb-flush-method': 'nosync',
};
