import { registerHooks } from 'node:module';
import { pathToFileURL } from 'node:url';

const STAND_IN = pathToFileURL(`${import.meta.dirname}/title-recorder.ts`).href;

// Whoever imports node:test gets the stand-in, which itself gets the real one.
registerHooks({
  resolve: (specifier, context, next) =>
    specifier === 'node:test' && context.parentURL !== STAND_IN
      ? { url: STAND_IN, shortCircuit: true }
      : next(specifier, context),
});

await import(pathToFileURL(process.argv[2] as string).href);
// What the file left open does not matter.
process.exit(0);
