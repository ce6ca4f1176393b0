import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { userInfo } from 'node:os';
import { promisify } from 'node:util';
import { LocalServerError } from './local-server-error.ts';

/** How to run a server's programs so that they don't see themselves as root, which they refuse. */
export interface RunAs {
  /** Put before the program's own command. */
  readonly prefix: readonly string[];
  /** Whose processes they are; undefined: the caller's. */
  readonly user?: { readonly uid: number; readonly gid: number };
  /** Who must own the data folder. */
  readonly owner: { readonly uid: number; readonly gid: number };
}

/** A database server that refuses to run as root. */
export interface ServerKind {
  /** As a person calls it. */
  readonly name: string;
  /** The account that its packages make for it; it is used where it is there. */
  readonly account: string;
}

interface Account {
  readonly name: string;
  readonly uid: number;
  readonly gid: number;
}

/** Who calls, and whether the machine has a name for that user; without one, PostgreSQL's initdb won't run either. */
interface Caller {
  readonly uid: number;
  readonly gid: number;
  readonly named: boolean;
}

/**
 * Picks a way that can run `program` and enter `folder`, which must exist: as the caller; for root, as an
 * unprivileged user; where that user can't reach the files, or where the caller has no name, as the caller under
 * another name in a user namespace; or as the unprivileged user with the right to pass closed folders.
 * @throws LocalServerError if root has no such way.
 */
export async function chooseRunAs(
  server: ServerKind,
  program: string,
  folder: string,
  caller = whoCalls(),
): Promise<RunAs> {
  const { uid, gid, named } = caller;
  const asCaller: RunAs = { prefix: [], owner: { uid, gid } };
  if (uid !== 0 && named) return asCaller;
  const account = await unprivilegedAccount(server);
  const inNamespace: RunAs = {
    prefix: ['unshare', '--user', `--map-user=${account.uid}`, '--'],
    owner: { uid, gid },
  };
  const ways = uid === 0 ? [asUser(account), inNamespace, withOverride(account)] : [inNamespace];
  for (const way of ways) {
    if (await works(way, program, folder)) return way;
  }
  if (uid !== 0) return asCaller;
  throw new LocalServerError(
    'rootRefused',
    `${server.name} refuses to run as root, and the user "${account.name}" can't reach ${folder} or ${program}: ` +
      'run phone82 as an ordinary user, or let others pass the folders above these two (chmod o+x).',
  );
}

function whoCalls(): Caller {
  const ids = { uid: process.getuid?.() ?? -1, gid: process.getgid?.() ?? -1 };
  try {
    return { ...ids, named: userInfo().username !== '' };
  } catch {
    return { ...ids, named: false };
  }
}

const asUser = ({ uid, gid }: Account): RunAs => ({
  prefix: [],
  user: { uid, gid },
  owner: { uid, gid },
});

const withOverride = ({ uid, gid }: Account): RunAs => ({
  prefix: [
    'setpriv',
    `--reuid=${uid}`,
    `--regid=${gid}`,
    '--clear-groups',
    '--inh-caps=+dac_override',
    '--ambient-caps=+dac_override',
    '--',
  ],
  owner: { uid, gid },
});

const PROBE = 'test -x "$1" && cd "$2"';

async function works(way: RunAs, program: string, folder: string): Promise<boolean> {
  const words = [...way.prefix, 'sh', '-c', PROBE, 'sh', program, folder];
  const [command = 'sh', ...args] = words;
  return promisify(execFile)(command, args, { ...way.user, cwd: '/', timeout: 10_000 }).then(
    () => true,
    () => false,
  );
}

/** A server looks its user up by name, so it has to be one that exists. */
async function unprivilegedAccount({ name: server, account: own }: ServerKind): Promise<Account> {
  const accounts = (await readFile('/etc/passwd', 'utf8').catch(() => ''))
    .split('\n')
    .map((line) => line.split(':'))
    .map(([name = '', , uid, gid]) => ({ name, uid: Number(uid), gid: Number(gid) }))
    .filter(({ uid }) => uid > 0);
  const named = (name: string) => accounts.find((account) => account.name === name);
  const account = named(own) ?? named('nobody') ?? accounts[0];
  if (account) return account;
  throw new LocalServerError(
    'rootRefused',
    `${server} refuses to run as root, and this machine has no other user: run phone82 as an ordinary user.`,
  );
}
