import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Manifest, parseManifests, runProgram } from '@phone82/checks';
import { bringOnce } from '@phone82/local-server';
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';

// On PyPI; carries the schemas of every version of Kubernetes, of which it is used for nothing else.
const PACKAGE = 'kubernetes-validate==1.37.0';
const cache = join(import.meta.dirname, '..', '..', '.phone82', 'cache');

/** What Kubernetes' own schemas of a version, such as 1.33, find wrong with manifests; unknown fields count. */
export async function schemaFaults(manifests: string, kubernetes: string): Promise<readonly string[]> {
  const folder = join(await bringSchemas(kubernetes), 'kubernetes_validate', 'kubernetes-json-schema');
  const validatorOf = validators(join(folder, `v${kubernetes}.0-local-strict`));
  return parseManifests(manifests).flatMap((manifest) => {
    const validate = validatorOf(manifest);
    if (!validate)
      return [`${manifest.kind} ${manifest.metadata.name} is of no kind that Kubernetes ${kubernetes} has`];
    validate(manifest);
    return (validate.errors ?? []).map(
      ({ instancePath, message, params }) =>
        `${manifest.kind} ${manifest.metadata.name}${instancePath} ${message} ${JSON.stringify(params)}`,
    );
  });
}

function validators(folder: string): (manifest: Manifest) => ValidateFunction | undefined {
  const read = (file: string) => JSON.parse(readFileSync(join(folder, file), 'utf8'));
  const ajv = new Ajv2020({ strict: false, validateFormats: false, allErrors: true });
  ajv.addSchema(read('_definitions.json'), '_definitions.json');
  return ({ kind, apiVersion }) => {
    const [group = '', version] = apiVersion.includes('/') ? apiVersion.split('/') : ['', apiVersion];
    const parts = [kind, group.replace(/\..*/, ''), version].filter(Boolean);
    const file = `${parts.join('-').toLowerCase()}.json`;
    if (!existsSync(join(folder, file))) return undefined;
    return ajv.getSchema(file) ?? ajv.addSchema(read(file), file).getSchema(file);
  };
}

const UNPACK = `import sys, zipfile, glob
wheel = zipfile.ZipFile(glob.glob(sys.argv[1] + '/*.whl')[0])
wheel.extractall(sys.argv[1], [name for name in wheel.namelist() if '/' + sys.argv[2] + '/' in name])`;

/** Downloads the package once for each version, and keeps that version's schemas. */
async function bringSchemas(kubernetes: string): Promise<string> {
  const folder = join(cache, `kubernetes-${kubernetes}-schemas`);
  if (existsSync(folder)) return folder;
  await bringOnce(folder, async (fresh) => {
    await python('-m', 'pip', 'download', '--quiet', '--no-deps', '--dest', fresh, PACKAGE);
    await python('-c', UNPACK, fresh, `v${kubernetes}.0-local-strict`);
  });
  return folder;
}

async function python(...args: readonly string[]): Promise<void> {
  const { code, stderr } = await runProgram('python3', args);
  if (code !== 0)
    throw new Error(`Kubernetes' schemas need Python 3 with pip (apt-get install python3-pip):\n${stderr}`);
}
