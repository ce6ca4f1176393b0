import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { runProgram } from '@phone82/checks';
import { bringOnce } from '@phone82/local-server';
import { Ajv2020 } from 'ajv/dist/2020.js';

// On npm; carries the schema of the compose specification, and is used for nothing else.
const PACKAGE = 'dclint@3.1.0';
const cache = join(import.meta.dirname, '..', '..', '.phone82', 'cache');

/** What the compose specification's schema finds wrong with a compose file that was read. */
export async function composeFaults(compose: unknown): Promise<readonly string[]> {
  const { $schema: _, ...schema } = JSON.parse(readFileSync(await bringSchema(), 'utf8'));
  const validate = new Ajv2020({ strict: false, validateFormats: false, allErrors: true }).compile(schema);
  validate(compose);
  return (validate.errors ?? []).map(
    ({ instancePath, message, params }) => `${instancePath} ${message} ${JSON.stringify(params)}`,
  );
}

/** Downloads the package once. */
async function bringSchema(): Promise<string> {
  const folder = join(cache, PACKAGE);
  const schema = join(folder, 'package', 'schemas', 'compose.schema.json');
  if (existsSync(schema)) return schema;
  await bringOnce(folder, async (fresh) => {
    const file = await need('npm', 'pack', '--silent', '--pack-destination', fresh, PACKAGE);
    await need('tar', '-xzf', join(fresh, file.trim()), '-C', fresh);
  });
  return schema;
}

async function need(program: string, ...args: readonly string[]): Promise<string> {
  const { code, stdout, stderr } = await runProgram(program, args);
  if (code !== 0) throw new Error(`"${program} ${args.join(' ')}" failed:\n${stderr}`);
  return stdout;
}
