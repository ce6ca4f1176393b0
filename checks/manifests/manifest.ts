import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseAllDocuments } from 'yaml';

/** As much of a Kubernetes object as the rules look at. */
export interface Manifest {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: {
    readonly name: string;
    readonly labels?: Labels;
    readonly annotations?: Labels;
  };
  readonly automountServiceAccountToken?: boolean;
  // biome-ignore lint/suspicious/noExplicitAny: of as many kinds as Kubernetes has
  readonly spec?: any;
}

export type Labels = Readonly<Record<string, string>>;

export interface EnvironmentVariable {
  readonly name: string;
  readonly value?: string;
  readonly valueFrom?: { readonly secretKeyRef?: object; readonly configMapKeyRef?: object };
}

export interface Container {
  readonly name: string;
  readonly image?: string;
  readonly args?: readonly string[];
  readonly env?: readonly EnvironmentVariable[];
  readonly ports?: readonly { readonly hostPort?: number }[];
  readonly volumeMounts?: readonly { readonly name: string; readonly mountPath: string }[];
  readonly resources?: { readonly requests?: Labels; readonly limits?: Labels };
  // biome-ignore lint/suspicious/noExplicitAny: httpGet, exec, …
  readonly [probe: `${string}Probe`]: any;
  // biome-ignore lint/suspicious/noExplicitAny: preStop of several kinds
  readonly lifecycle?: any;
  // biome-ignore lint/suspicious/noExplicitAny: half of the restricted profile
  readonly securityContext?: any;
}

/** What makes pods, seen as the pods that it makes. */
export interface Workload {
  readonly manifest: Manifest;
  readonly labels: Labels;
  // biome-ignore lint/suspicious/noExplicitAny: a pod's
  readonly pod: any;
  readonly containers: readonly Container[];
}

/** All objects in the YAML files of a folder. */
export function readManifests(folder: string): readonly Manifest[] {
  const files = readdirSync(folder).filter((file) => file.endsWith('.yaml'));
  return files.sort().flatMap((file) => parseManifests(readFileSync(join(folder, file), 'utf8')));
}

/** The objects of a text of YAML documents; empty documents are none. */
export function parseManifests(text: string): readonly Manifest[] {
  const documents = parseAllDocuments(text);
  return documents.flatMap((document) => {
    if (document.errors[0]) throw document.errors[0];
    return (document.toJS() as Manifest | null) ?? [];
  });
}

const TEMPLATED = new Set(['Deployment', 'StatefulSet', 'DaemonSet', 'Job']);

export function workloadsOf(manifests: readonly Manifest[]): readonly Workload[] {
  return manifests.flatMap((manifest) => {
    if (manifest.kind === 'Pod') return [workload(manifest, manifest)];
    return TEMPLATED.has(manifest.kind) ? [workload(manifest, manifest.spec.template)] : [];
  });
}

function workload(
  manifest: Manifest,
  { metadata, spec }: Pick<Manifest, 'spec'> & Partial<Manifest>,
): Workload {
  const containers = [...(spec.initContainers ?? []), ...spec.containers];
  return { manifest, labels: metadata?.labels ?? {}, pod: spec, containers };
}

/** Whether a selector of labels chooses what has these. */
export function selects(selector: { readonly matchLabels?: Labels } | undefined, labels: Labels): boolean {
  return Object.entries(selector?.matchLabels ?? {}).every(([key, value]) => labels[key] === value);
}
