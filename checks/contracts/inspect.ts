import { eventGuide } from '@phone82/contracts';
import type { Findings } from '../report.ts';
import { documentsOf, GENERATED } from './documents.ts';
import { lintDocument } from './lint.ts';
import type { Described } from './services.ts';

/** Text of the committed documents by their path below the generated folder. */
export type Committed = ReadonlyMap<string, string>;

/** Whether the committed documents are those that the code makes now, and sound by the linter's rules. */
export async function inspectContracts(
  services: readonly Described[],
  committed: Committed,
): Promise<Findings> {
  const made = documentsOf(services);
  const linted = await Promise.all([...made].map(([path, text]) => lintDocument(path, text)));
  return {
    violations: [...drift(made, committed), ...linted.flat(), ...wrongReceivers(services)],
    checked: `${made.size} documents of ${services.length} services`,
  };
}

/** The differences between what is made now and what is committed. */
export function drift(made: Committed, committed: Committed): string[] {
  const paths = [...new Set([...made.keys(), ...committed.keys()])].sort();
  return paths.flatMap((path) => {
    if (!committed.has(path)) return [`${GENERATED}/${path} is missing: run \`npm run contracts\``];
    if (!made.has(path)) return [`${GENERATED}/${path} is of no service: delete it`];
    return made.get(path) === committed.get(path)
      ? []
      : [`${GENERATED}/${path} is old: run \`npm run contracts\``];
  });
}

/** The events whose documented receivers are not the services that subscribe to them. */
export function wrongReceivers(services: readonly Pick<Described, 'name' | 'receives'>[]): string[] {
  return Object.entries(eventGuide).flatMap(([event, { to }]) => {
    const real = services.filter(({ receives }) => receives.includes(event)).map(({ name }) => name);
    const [documented, subscribed] = [[...to].sort().join(', '), real.sort().join(', ')];
    return documented === subscribed
      ? []
      : [
          `${event} is documented to reach ${documented || 'no one'}, but ${subscribed || 'no one'} subscribes to it`,
        ];
  });
}
