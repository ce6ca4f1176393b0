import { createHash } from 'node:crypto';
import type { Lock } from './closure.ts';

/** A CycloneDX document of the packages in an image: the same packages and time give the same document. */
export function billOfMaterials(lock: Lock, folders: readonly string[], at: Date): object {
  const components = folders.filter((folder) => folder.includes('node_modules/') && !lock[folder]?.link);
  const listed = components.map((folder) => component(folder, lock));
  const serial = createHash('sha256').update(JSON.stringify(listed)).digest('hex');
  return {
    bomFormat: 'CycloneDX',
    specVersion: '1.5',
    serialNumber: `urn:uuid:${uuid(serial)}`,
    version: 1,
    metadata: {
      timestamp: at.toISOString(),
      component: { type: 'application', name: 'phone82', version: lock['']?.version ?? '0' },
    },
    components: listed,
  };
}

function component(folder: string, lock: Lock): object {
  const { version = '', integrity, license } = lock[folder] ?? {};
  const name = folder.slice(folder.lastIndexOf('node_modules/') + 'node_modules/'.length);
  const purl = `pkg:npm/${name.replace('@', '%40')}@${version}`;
  const [algorithm, digest] = integrity?.split('-', 2) ?? [];
  return {
    type: 'library',
    'bom-ref': `${purl}#${folder}`,
    name,
    version,
    purl,
    ...(license ? { licenses: [{ expression: license }] } : {}),
    ...(algorithm === 'sha512'
      ? { hashes: [{ alg: 'SHA-512', content: Buffer.from(digest ?? '', 'base64').toString('hex') }] }
      : {}),
  };
}

const uuid = (hex: string) =>
  [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `5${hex.slice(13, 16)}`,
    `8${hex.slice(17, 20)}`,
    hex.slice(20, 32),
  ].join('-');
