import { knowsItsCallers } from './access-rule.ts';
import type { Container, Workload } from './manifest.ts';
import type { PodRule } from './pod-rule.ts';

const eachContainer =
  (faults: (container: Container, workload: Workload) => readonly string[]) => (workload: Workload) =>
    workload.containers.flatMap((container) =>
      faults(container, workload).map((fault) => `container ${container.name} ${fault}`),
    );

const when = (isWrong: boolean, fault: string) => (isWrong ? [fault] : []);

const ALLOWED_VOLUMES = new Set([
  'configMap',
  'secret',
  'emptyDir',
  'projected',
  'persistentVolumeClaim',
  'ephemeral',
]);

/** The profile "restricted" of Kubernetes' pod security standards, as far as a pod's specification can break it. */
const restrictedPod: PodRule = {
  name: 'restricted-pod',
  faults: ({ pod }) => [
    ...['hostNetwork', 'hostPID', 'hostIPC'].filter((key) => pod[key]).map((key) => `has ${key}`),
    ...when(pod.securityContext?.runAsNonRoot !== true, 'may run as root'),
    ...when(pod.securityContext?.runAsUser === 0, 'runs as user 0'),
    ...when(
      !['RuntimeDefault', 'Localhost'].includes(pod.securityContext?.seccompProfile?.type),
      'has no seccomp profile',
    ),
    ...(pod.volumes ?? []).flatMap(({ name, ...kind }: { readonly name: string }) =>
      when(
        !Object.keys(kind).every((key) => ALLOWED_VOLUMES.has(key)),
        `mounts ${Object.keys(kind)} as ${name}`,
      ),
    ),
  ],
};

const restrictedContainer: PodRule = {
  name: 'restricted-container',
  faults: eachContainer(({ securityContext: security = {}, ports = [] }) => [
    ...when(security.allowPrivilegeEscalation !== false, 'may gain privileges'),
    ...when(security.privileged === true, 'is privileged'),
    ...when(!security.capabilities?.drop?.includes('ALL'), 'does not drop all capabilities'),
    ...when((security.capabilities?.add ?? []).length > 0, 'adds capabilities'),
    ...when(security.runAsUser === 0 || security.runAsNonRoot === false, 'runs as root'),
    ...when(
      ports.some(({ hostPort }) => hostPort),
      'takes a port of the node',
    ),
  ]),
};

const readOnlyRoot: PodRule = {
  name: 'read-only-root',
  faults: eachContainer(({ securityContext }) =>
    when(securityContext?.readOnlyRootFilesystem !== true, 'can write to its root'),
  ),
};

/** Nothing here talks to the API server, so nobody who breaks into a pod shall be able to. */
const noToken: PodRule = {
  name: 'no-token',
  faults: ({ pod }) => when(pod.automountServiceAccountToken !== false, "holds its account's token"),
};

const limits: PodRule = {
  name: 'limits',
  faults: eachContainer(({ resources = {} }) =>
    (['requests', 'limits'] as const).flatMap((kind) =>
      ['cpu', 'memory'].flatMap((what) => when(!resources[kind]?.[what], `has no ${kind} of ${what}`)),
    ),
  ),
};

const pinnedImage: PodRule = {
  name: 'pinned-image',
  faults: eachContainer(({ image = '' }) => {
    if (/@sha256:[0-9a-f]{64}$/.test(image)) return [];
    const tag = /:([^/:]+)$/.exec(image)?.[1];
    return when(!tag || tag === 'latest', `runs ${image || 'no image'}, which is not pinned`);
  }),
};

const PROBES = ['startupProbe', 'readinessProbe', 'livenessProbe'] as const;

/** A liveness probe that asks the database would restart every copy of a service when the database is away. */
const probes: PodRule = {
  name: 'probes',
  faults: (workload) => {
    if (workload.manifest.kind === 'Job' || workload.manifest.kind === 'Pod') return [];
    return eachContainer((container) => [
      ...PROBES.filter((probe) => !container[probe]).map((probe) => `has no ${probe}`),
      ...when(
        container.livenessProbe?.httpGet?.path !== undefined &&
          container.livenessProbe.httpGet.path === container.readinessProbe?.httpGet?.path,
        'is restarted by what should only take it out of service',
      ),
    ])(workload);
  },
};

const SERVICE_ENDS_AFTER_S = 20;

/** A pod is killed in the middle of its drain if the pause before it and the drain do not fit into its time. */
const endsInTime: PodRule = {
  name: 'ends-in-time',
  faults: (workload) => {
    if (workload.manifest.kind !== 'Deployment') return [];
    const grace = workload.pod.terminationGracePeriodSeconds ?? 30;
    return eachContainer(({ lifecycle, env = [] }) => {
      const pause = lifecycle?.preStop?.sleep?.seconds ?? 0;
      const drain = Number(env.find(({ name }) => name === 'DRAIN_DELAY_MS')?.value ?? 0) / 1000;
      return [
        ...when(grace <= pause + SERVICE_ENDS_AFTER_S, `is killed ${grace} s after the pod is told to end`),
        ...when(drain + 10 >= SERVICE_ENDS_AFTER_S, `drains for ${drain} s and has no time to finish`),
      ];
    })(workload);
  },
};

const SECRET_NAME = /PASSWORD|CLIENT_SECRET$|SECRET_KEY|BILLING_KEY|SESSION_KEY$|TOKEN$/;

const secretsByReference: PodRule = {
  name: 'secrets-by-reference',
  faults: eachContainer(({ env = [] }) =>
    env
      .filter(
        ({ name, value }) =>
          value !== undefined && (SECRET_NAME.test(name) || /:\/\/[^/:@]*:(?!\$\()[^/@]*@/.test(value)),
      )
      .map(({ name }) => `has the secret in ${name} in the open`),
  ),
};

export const podRules: readonly PodRule[] = [
  restrictedPod,
  restrictedContainer,
  readOnlyRoot,
  noToken,
  limits,
  pinnedImage,
  probes,
  endsInTime,
  secretsByReference,
  knowsItsCallers,
];
