import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { newSystem, succeeded } from '../system-under-test.ts';
import { type FuzzedService, type FuzzOptions, type FuzzResult, fuzzService } from './fuzz-service.ts';
import { installSchemathesis } from './install-schemathesis.ts';
import { prepareRecords } from './prepare-records.ts';

/** Fuzzes the services of a system of its own, one after another, says how each went, and sums up. */
export async function fuzzAll(
  services: readonly FuzzedService[],
  options: Pick<FuzzOptions, 'examples' | 'seed' | 'timeoutMs'>,
): Promise<{ passed: number; failed: number }> {
  const schemathesis = await installSchemathesis(console.log);
  const system = await newSystem();
  const results: FuzzResult[] = [];
  try {
    console.log('starting a system of its own');
    succeeded(await system.run('up', '--detach'));
    await prepareRecords(system, services);
    const folder = path.join(String(system.environment.PHONE82_HOME), 'fuzz');
    await mkdir(folder, { recursive: true });
    for (const service of services) {
      const began = performance.now();
      const result = await fuzzService(system, service, { ...options, schemathesis, folder });
      results.push(result);
      const seconds = ((performance.now() - began) / 1_000).toFixed(0);
      console.log(`[${results.length}/${services.length}] ${lineOf(service, result)} in ${seconds} s`);
      if (result.failures.length > 0) console.log(result.output);
    }
  } finally {
    await system.dispose();
  }
  return sumUp(results, options);
}

function lineOf(service: string, { operations, cases, failures }: FuzzResult): string {
  const verdict = failures.length === 0 ? '✓' : '✗';
  return [`${verdict} ${service}: ${operations} operations, ${cases} requests`, ...failures].join('; ');
}

/** An operation of a service without a failure has passed. */
function sumUp(results: readonly FuzzResult[], { examples, seed }: Pick<FuzzOptions, 'examples' | 'seed'>) {
  const sum = (of: (result: FuzzResult) => number) =>
    results.reduce((total, result) => total + of(result), 0);
  const passed = sum(({ operations, failures }) => (failures.length === 0 ? operations : 0));
  const failed = sum(({ failures }) => failures.length);
  console.log(
    `${sum(({ cases }) => cases)} requests, up to ${examples} by chance for each operation, seed ${seed}`,
  );
  console.log(`${passed} passed, ${failed} failed`);
  return { passed, failed };
}
