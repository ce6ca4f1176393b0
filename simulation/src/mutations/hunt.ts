import { registerHooks } from 'node:module';
import { rootUrl, staleness } from './mutation.ts';
import { mutations } from './mutations.ts';

/** A process of its own per bug: plants it in the source that it loads, and runs seeds until one violates an invariant. */
const [name, most] = process.argv.slice(2);
const mutation = mutations.find((each) => each.name === name);
if (!mutation) throw new Error(`there is no mutation "${name}"`);
const stale = staleness(mutation);
if (stale) throw new Error(stale);

const target = new URL(mutation.file, rootUrl).href;
registerHooks({
  load: (url, context, next) => {
    const loaded = next(url, context);
    if (url !== target) return loaded;
    return { ...loaded, source: String(loaded.source).replace(mutation.find, () => mutation.replace) };
  },
});

const { simulate } = await import('../run.ts');
for (let seed = 1; seed <= Number(most); seed++) {
  const { violations } = await simulate({ seed, keptLines: 1 });
  if (violations.length === 0) continue;
  console.log(JSON.stringify({ seed, violation: violations[0] }));
  process.exit(0);
}
console.log(JSON.stringify({ seed: null }));
