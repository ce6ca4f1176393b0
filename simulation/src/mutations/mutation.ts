import { readFileSync } from 'node:fs';

/** A bug to plant: text of a source file that is replaced when the file is loaded. */
export interface Mutation {
  /** The bug in a few words. */
  readonly name: string;
  /** From the root of the repository. */
  readonly file: string;
  /** Occurs exactly once in the file. */
  readonly find: string;
  readonly replace: string;
}

export const rootUrl = new URL('../../../', import.meta.url);

/** What is wrong with a mutation; undefined if it can be planted. */
export function staleness({ file, find, replace }: Mutation): string | undefined {
  let source: string;
  try {
    source = readFileSync(new URL(file, rootUrl), 'utf8');
  } catch {
    return `${file} is not there`;
  }
  const times = source.split(find).length - 1;
  if (times !== 1) return `${file} has ${JSON.stringify(find)} ${times} times`;
  return find === replace ? 'it changes nothing' : undefined;
}
