import { callees, callers, serviceNames } from '@phone82/service-list';
import type { Container, Workload } from './manifest.ts';
import type { PodRule } from './pod-rule.ts';

/** The files of keys that a service needs, by the setting that names each. */
const keyFilesOf = (name: string): Readonly<Record<string, string>> => ({
  ...(callers.some((caller) => caller === name) && { SERVICE_KEY_FILE: `${name}.jwk.json` }),
  ...(callees.some((callee) => callee === name) && { SERVICE_KEYS_FILE: 'service-keys.json' }),
});

/** A service that could not tell callers apart does not start, and one with another's key could sign as that one. */
export const knowsItsCallers: PodRule = {
  name: 'knows-its-callers',
  faults: (workload) => {
    const [container] = workload.containers;
    const name = container?.args?.length === 1 ? container.args[0] : undefined;
    if (!container || !name || !serviceNames.some((service) => service === name)) return [];
    return [...settingFaults(container), ...keyFaults(name, container, workload)];
  },
};

function settingFaults({ env = [] }: Container): readonly string[] {
  const given = (key: string) => env.find(({ name }) => name === key)?.value;
  return ['PHONE82_ENV', 'OIDC_ISSUER', 'OIDC_AUDIENCE']
    .filter((key) => !given(key))
    .map((key) => `lacks ${key}`);
}

function keyFaults(name: string, container: Container, workload: Workload): readonly string[] {
  const needed = keyFilesOf(name);
  const readable = filesIn(container, workload);
  const missing = Object.entries(needed).flatMap(([setting, file]) => {
    const path = container.env?.find((variable) => variable.name === setting)?.value;
    if (!path) return [`lacks ${setting}`];
    return readable.some((found) => found.path === path && found.key === file)
      ? []
      : [`finds no ${file} at the ${path} of ${setting}`];
  });
  const foreign = readable.filter(({ key }) => isKeyFile(key) && !Object.values(needed).includes(key));
  return [...missing, ...foreign.map(({ key }) => `can read ${key}, which it does not need`)];
}

const isKeyFile = (key: string) =>
  key === EVERY_FILE || key === 'service-keys.json' || key.endsWith('.jwk.json');
const EVERY_FILE = 'every file of its Secret';
/** Where the chart puts service keys; Secrets of other kinds are elsewhere. */
const KEYS_FOLDER = '/keys';

/** What a container can read of Secrets: the key in the Secret, and the path of the file. */
function filesIn({ volumeMounts = [] }: Container, { pod }: Workload) {
  // biome-ignore lint/suspicious/noExplicitAny: a volume of any kind
  const volumes: readonly any[] = pod.volumes ?? [];
  return volumeMounts.flatMap(({ name, mountPath }) => {
    const secret = volumes.find((volume) => volume.name === name)?.secret;
    if (!secret || mountPath !== KEYS_FOLDER) return [];
    const items: readonly { key: string; path: string }[] = secret.items ?? [{ key: EVERY_FILE, path: '' }];
    return items.map(({ key, path }) => ({ key, path: `${mountPath}/${path}` }));
  });
}
