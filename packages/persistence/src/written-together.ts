import { batched } from '@phone82/runtime';
import { isInfrastructureError } from './infrastructure-error.ts';
import { REST_MS } from './rest.ts';

const MOST_TOGETHER = 128;

type Outcome<Out> = { readonly result: Out } | { readonly error: unknown };

/**
 * Makes one write out of those that are asked for at the same moment. A value that the database refuses is the fault of
 * one: the others of its batch are written without it.
 */
export function writtenTogether<In, Out>(
  write: (items: readonly In[]) => Promise<readonly Out[]>,
): (item: In) => Promise<Out> {
  const succeeded = async (items: readonly In[]): Promise<readonly Outcome<Out>[]> =>
    (await write(items)).map((result) => ({ result }));
  const alone = async (item: In): Promise<Outcome<Out>> => {
    try {
      return (await succeeded([item]))[0] as Outcome<Out>;
    } catch (error) {
      return { error };
    }
  };
  const eachForItself = async (items: readonly In[]): Promise<readonly Outcome<Out>[]> => {
    try {
      return await succeeded(items);
    } catch (error) {
      if (isInfrastructureError(error) || items.length === 1) return items.map(() => ({ error }));
      return Promise.all(items.map(alone));
    }
  };
  const writeOne = batched(eachForItself, { most: MOST_TOGETHER, restMs: REST_MS });
  return async (item) => {
    const outcome = await writeOne(item);
    if ('error' in outcome) throw outcome.error;
    return outcome.result;
  };
}
