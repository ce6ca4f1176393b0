import type { Command } from './command.ts';

/** Every word of the command line, in the order in which help lists them. */
export const commands: readonly Command[] = [
  {
    name: 'up',
    usage: 'up [--detach] [--bus embedded|kafka] [--store-db sqlite|mariadb]',
    summary: 'start everything; Ctrl-C stops it, unless it is detached',
    details: [
      '--bus kafka         keep the events in Kafka: the one that KAFKA_BROKERS names, else one of its own (needs',
      '                    Java 17 and Maven)',
      '--store-db mariadb  keep what store and marketing own in MariaDB: the databases of PHONE82_STORE_DATABASE_URL and',
      '                    PHONE82_MARKETING_DATABASE_URL, else a server of its own (needs mariadb-server)',
      'A data folder stays with what it began with, which need not be said again.',
    ],
    load: () => import('./up.ts'),
  },
  { name: 'down', usage: 'down', summary: 'stop everything', load: () => import('./down.ts') },
  {
    name: 'status',
    usage: 'status [--json]',
    summary: 'what runs where, since when, with how much memory',
    details: ['Exit code 0 when phone82 is up, 1 when it is not.'],
    load: () => import('./status.ts'),
  },
  {
    name: 'stop',
    usage: 'stop SVC',
    summary: 'stop one service; it stays down until it is started',
    load: () => import('./stop.ts'),
  },
  { name: 'start', usage: 'start SVC', summary: 'start a stopped service', load: () => import('./start.ts') },
  {
    name: 'kill',
    usage: 'kill SVC',
    summary: 'kill one service (SIGKILL); the supervisor starts it again',
    load: () => import('./kill.ts'),
  },
  {
    name: 'logs',
    usage: 'logs [SVC] [--follow] [--lines N]',
    summary: 'the logs of all services, or of one, in the order of time',
    details: [
      '--lines N  how many lines to begin with (default 200)',
      'SVC may also be postgres, kafka, mariadb or supervisor.',
    ],
    load: () => import('./logs.ts'),
  },
  {
    name: 'run',
    usage: 'run SVC',
    summary: 'run one service in the foreground, in place of the supervised one',
    load: () => import('./run.ts'),
  },
  {
    name: 'demo',
    usage: 'demo',
    summary: 'play the order story step by step, each step checked',
    load: () => import('./demo.ts'),
  },
  {
    name: 'load',
    usage: 'load [--orders N] [--rate N] [--cancels PERCENT]',
    summary: 'put load on the running system and check what came of it',
    load: () => import('./load.ts'),
  },
  {
    name: 'bench',
    usage:
      'bench [--quick] [--only PART,...] [--stored N] [--bus BUS] [--store-db DB] [--json FILE] [--report FILE]',
    summary: 'measure a system of its own beside the bare floor',
    details: [
      '--quick        under 4 minutes instead of about 20',
      '--only PART    intake, gateway, life, cancels, looks, or several with commas between',
      '--stored N     with N orders stored already, beside an empty phone82 instead of the floor',
      '--bus kafka, --store-db mariadb: as up, beside an embedded phone82 instead of the floor',
      '--json FILE    the figures; --report FILE: a page in Markdown, with a plot beside it',
      'What runs already is left alone, but it takes part of the machine: stop it first.',
    ],
    load: () => import('./bench.ts'),
  },
  {
    name: 'rebuild',
    usage: 'rebuild customer',
    summary: 'build the customer view again from the log, while it serves',
    load: () => import('./rebuild.ts'),
  },
  {
    name: 'deadletters',
    usage: 'deadletters [list [SVC] | show SVC ID | retry SVC ID | discard SVC ID]',
    summary: 'messages that a service could not handle',
    details: ['Later messages of the same order wait behind a dead one; retry and discard let them through.'],
    load: () => import('./deadletters.ts'),
  },
  {
    name: 'reconcile',
    usage: 'reconcile [--from DAY] [--to DAY]',
    summary: "compare the payments with the PSP's own books",
    details: [
      'DAY is a day in Seoul, as 2026-01-31; without any, yesterday and today. Exits with 1 if they differ.',
      'What happened within the last minute is left for the next time.',
    ],
    load: () => import('./reconcile.ts'),
  },
  {
    name: 'reset',
    usage: 'reset [--yes]',
    summary: 'wipe all data, after asking',
    details: ['--yes  do not ask; stop phone82 first if it runs'],
    load: () => import('./reset.ts'),
  },
  {
    name: 'test',
    usage: 'test [--quick] [--list] [GLOB...]',
    summary: 'run all tests, or those in the files that match',
    details: [
      '--quick               units, the domain and components only: under a minute',
      '--list                the title of every test, and run none',
      '--remember-durations  store how long each file took; the next run starts the longest first',
      'Suites that need a program which is not on this machine do not run; the last lines name them.',
    ],
    load: () => import('./test.ts'),
  },
  {
    name: 'doctor',
    usage: 'doctor',
    summary: 'check what phone82 needs from this machine',
    load: () => import('./doctor.ts'),
  },
];
