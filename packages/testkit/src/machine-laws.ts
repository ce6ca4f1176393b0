import assert from 'node:assert/strict';
import { eventsOf, type Life } from './machine-properties.ts';

interface Identified {
  readonly id: number;
  readonly version: number;
  readonly customerId: string;
}

/** No event leaves twice, whatever comes again. */
export function tellsEachEventOnce(life: Life<object, string>): void {
  const events = eventsOf(life);
  assert.deepEqual([...new Set(events)], events);
}

/** A command that comes again at once changes nothing and tells nothing. */
export function repeatsChangeNothing(life: Life<object, string>): void {
  for (const [index, step] of life.entries()) {
    if (index === 0 || step.command !== life[index - 1]?.command) continue;
    assert.deepEqual([step.record, step.events], [step.before, []], `${step.command}, again`);
  }
}

/** Id and customer stay, and the version is left to the store, which counts it. */
export function keepsItsIdentity(life: Life<Identified, string>): void {
  for (const { before, record } of life)
    assert.deepEqual(
      [record.id, record.version, record.customerId],
      [before.id, before.version, before.customerId],
    );
}

/** A refusal changes nothing, tells nothing and is one of these: `command in state: code`. */
export function refusesOnly<R extends object>(
  life: Life<R, string>,
  stateOf: (record: R) => string,
  refusals: readonly string[],
): void {
  for (const { before, command, record, events, refusal } of life) {
    const known = refusals.filter((each) => each.startsWith(`${command} in ${stateOf(before)}: `));
    const seen = refusal ? [`${command} in ${stateOf(before)}: ${refusal}`] : [];
    assert.deepEqual(seen, known);
    if (refusal) assert.deepEqual([record, events], [before, []]);
  }
}
