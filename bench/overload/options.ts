import { parseArgs } from 'node:util';
import type { Search } from './find-capacity.ts';

/** `--from 50`, `--factor 1.25`, `--seconds 10`. @throws Error for what it does not know, or cannot use. */
export function readOptions(args: readonly string[]): Search {
  const { values } = parseArgs({
    args: [...args],
    options: {
      from: { type: 'string', default: '50' },
      factor: { type: 'string', default: '1.25' },
      seconds: { type: 'string', default: '10' },
    },
  });
  const search = {
    from: Number(values.from),
    factor: Number(values.factor),
    seconds: Number(values.seconds),
  };
  if (!(search.from > 0 && search.factor > 1 && search.seconds > 0))
    throw new Error(`not usable: ${JSON.stringify(values)}; rates have to rise, and take some time`);
  return search;
}
