import fc, { type Arbitrary } from 'fast-check';

/** Any commands in any order. */
export const anyCommands = <C>(commands: readonly C[], maxLength: number): Arbitrary<readonly C[]> =>
  fc.array(fc.constantFrom(...commands), { maxLength, size: 'max' });

/** Groups of commands one after the other, each group in any order, with repeats of what was given before. */
export function inAnyOrder<C>(groups: readonly (readonly C[])[]): Arbitrary<readonly C[]> {
  const turns = fc.tuple(
    ...groups.map((group) => fc.shuffledSubarray([...group], { minLength: group.length })),
  );
  const repeats = fc.array(fc.tuple(fc.nat(), fc.nat()), { maxLength: 6 });
  return fc.tuple(turns, repeats).map(([given, again]) => withRepeats(given.flat(), again));
}

/** Each repeat names a command that was given before, and a later place for it. */
function withRepeats<C>(given: readonly C[], again: readonly (readonly [number, number])[]): readonly C[] {
  const all = [...given];
  for (const [which, where] of again) {
    const first = which % all.length;
    all.splice(first + 1 + (where % (all.length - first)), 0, all[first] as C);
  }
  return all;
}
