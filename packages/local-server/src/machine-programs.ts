import { spawnSync } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import path from 'node:path';

/** Programs that npm cannot bring: some tests, and some choices of `./phone82 up`, need them. */
export interface MachineProgram {
  /** All of them have to be there. */
  readonly commands: readonly string[];
  /** What does not run without it. */
  readonly enables: string;
  /** Packages of Debian and Ubuntu that bring them. */
  readonly debian: readonly string[];
  /** The formula of Homebrew, where it puts them on the search path. */
  readonly homebrew?: string;
  /** Where packages put the commands besides the folders of the search path. */
  readonly folders?: readonly string[];
  /** The oldest major version that will do, and the word that makes the program print its version. */
  readonly oldest?: { readonly major: number; readonly ask: string };
}

/** A server's folders are not on an ordinary user's path. */
const SERVER_FOLDERS = ['/usr/sbin', '/usr/local/sbin', '/usr/bin', '/usr/local/bin', '/opt/homebrew/bin'];

const registry = {
  java: {
    commands: ['java'],
    enables: 'the tests of Kafka',
    debian: ['openjdk-17-jre-headless'],
    oldest: { major: 17, ask: '-version' },
  },
  maven: { commands: ['mvn'], enables: 'the tests of Kafka', debian: ['maven'], homebrew: 'maven' },
  mariadb: {
    commands: ['mariadbd', 'mariadb-install-db'],
    enables: 'the tests of MariaDB',
    debian: ['mariadb-server'],
    homebrew: 'mariadb',
    folders: SERVER_FOLDERS,
  },
  prometheus: {
    commands: ['prometheus', 'promtool'],
    enables: 'the tests of alerts and dashboards',
    debian: ['prometheus'],
    homebrew: 'prometheus',
  },
  openssl: {
    commands: ['openssl'],
    enables: 'the tests of Kafka with TLS',
    debian: ['openssl'],
    homebrew: 'openssl',
  },
  httpie: {
    commands: ['http'],
    enables: "the tests with the scenario's own commands",
    debian: ['httpie'],
    homebrew: 'httpie',
  },
  curl: {
    commands: ['curl'],
    enables: "the tests with the scenario's own commands",
    debian: ['curl'],
    homebrew: 'curl',
  },
  siege: {
    commands: ['siege'],
    enables: "the tests with the scenario's own commands",
    debian: ['siege'],
    homebrew: 'siege',
  },
  python: {
    commands: ['python3'],
    enables: '"npm run fuzz" and "npm run test:deploy"',
    debian: ['python3-venv', 'python3-pip'],
    homebrew: 'python',
  },
} satisfies Record<string, MachineProgram>;

export type ProgramName = keyof typeof registry;

/** Every program that npm cannot bring, by its name. */
export const machinePrograms: Readonly<Record<ProgramName, MachineProgram>> = registry;

/** Those of the programs that this machine lacks, or has in too old a version. */
export function missingPrograms(
  names: readonly ProgramName[],
  searchPath = process.env.PATH ?? '',
): readonly ProgramName[] {
  const onPath = searchPath.split(path.delimiter).filter(Boolean);
  return names.filter((name) => !isThere(machinePrograms[name], onPath));
}

/** One command line that installs the programs, or undefined where none is known for this machine's system. */
export function installCommand(
  names: readonly ProgramName[],
  platform: NodeJS.Platform = process.platform,
): string | undefined {
  const programs = [...new Set(names)].map((name) => machinePrograms[name]);
  if (platform === 'linux') return `apt-get install -y ${programs.flatMap(({ debian }) => debian).join(' ')}`;
  const formulas = programs.map(({ homebrew }) => homebrew);
  return platform === 'darwin' && formulas.every(Boolean) ? `brew install ${formulas.join(' ')}` : undefined;
}

function isThere({ commands, folders = [], oldest }: MachineProgram, onPath: readonly string[]): boolean {
  const files = commands.map((command) => fileOf(command, [...onPath, ...folders]));
  if (files.some((file) => file === undefined)) return false;
  return oldest === undefined || majorVersion(files[0] as string, oldest.ask) >= oldest.major;
}

const fileOf = (command: string, folders: readonly string[]) =>
  folders.map((folder) => path.join(folder, command)).find(isExecutable);

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** Java 8 called itself 1.8. */
function majorVersion(file: string, ask: string): number {
  const { stdout = '', stderr = '' } = spawnSync(file, [ask], { encoding: 'utf8', timeout: 10_000 });
  const [, major, minor] = /version "(\d+)(?:\.(\d+))?/.exec(`${stdout}${stderr}`) ?? [];
  return Number((major === '1' ? minor : major) ?? 0);
}
